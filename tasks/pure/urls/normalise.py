"""Makes a link absolute, sendable or canonical. URLs are parsed as browsers do (WHATWG)."""

import re
from functools import lru_cache
from string import ascii_letters, digits
from urllib.parse import unquote_plus, urlencode
from uuid import NAMESPACE_URL, UUID, uuid5

from ada_url import URL
from w3lib.url import parse_qsl_to_bytes, safe_url_string

from schemas.items.outcome import Reason, Refusal
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.trackers import is_tracker

LONGEST = 4096
"""Characters; the limit of Article.url."""
_EDGES = "".join(map(chr, range(0x21)))
_BREAKS = str.maketrans("", "", "\t\r\n")
_PLAIN = re.compile(r"https?://[\w.\-:\[\]]+(?:[/?#][^\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]*)?")
"""An absolute URL that every parser reads the same way, so its spelling may be kept."""
_HOME = re.compile(r"/(?:index\.\w+|home/?)?")
_SETTLES_IN = 5
_BARE_HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)(?=[/?#]|$)", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?):/?(?=[^/])", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = {f"%{ord(char):02X}": char for char in f"{ascii_letters}{digits}-._~"}


def absolute(url: str, base: str | None) -> str | Refusal:
    """The absolute http(s) URL of a link on the page `base`, at most 4096 characters long.

    A plain URL keeps its spelling. Otherwise user name, password and line breaks are removed, and characters that
    parsers read differently are written as WHATWG does. Refuses BLOCKED_SCHEME and BAD_LINK.
    """
    text = url.strip(_EDGES).translate(_BREAKS)
    parsed = _parse(text, base)
    if isinstance(parsed, Refusal):
        return parsed
    is_kept = bool(_PLAIN.fullmatch(text)) and not (parsed.username or parsed.password)
    return _within(text if is_kept else _bare(parsed), "longer than")


def sendable(url: str) -> str | Refusal:
    """The URL as it is sent, without fragment and user name: the host that is checked is the host that is connected
    to."""
    parsed = _parse(url.strip(_EDGES), None)
    if isinstance(parsed, Refusal):
        return parsed
    parsed.hash = ""
    return _within(_bare(parsed), "written out, longer than")


_CANONICAL = re.compile(
    r"https?://(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.ASCII
)
"""Most URLs of articles; these are canonical already (a fast path)."""


@lru_cache(maxsize=16_384)
def canonical(url: str) -> str:
    """The form that decides whether two URLs are one page: trackers, fragment, default port and user
    name off, parameters in order, one spelling of escapes. Applying it again changes nothing.

    Escapes of reserved characters stay (RFC 3986, 2.2: `%26` and `&` may be two pages), and a query with a part that
    is no `name=value` (`?1423`, `?/2026/a`, `?a&b`) keeps its order and spelling.

    Raises `ValueError` for what `absolute` refuses.
    """
    if _CANONICAL.fullmatch(url):
        return url
    for _ in range(_SETTLES_IN):
        before, url = url, _canonical_once(url)
        if url == before:
            break
    return url


def canonical_form(url: str) -> str | None:
    """The canonical form where it differs from the URL; None: it is the same, or this is not a web URL (a line of a
    list, a record of a file, a broken link)."""
    if not url.startswith(("http://", "https://")):
        return None
    try:
        form = canonical(url)
    except ValueError:
        return None
    return None if form == url else form


def article_id(canonical_url: str) -> UUID:
    """The id of an article, a UUID made from its canonical URL."""
    return uuid5(NAMESPACE_URL, canonical_url)


def believed_canonical(fetched_url: str, stated: str | None) -> str:
    """The canonical form of the URL that a page states as its canonical, if that is in the same registrable domain
    and not a home page (docs/explanation/measured-facts.md); else the canonical form of the fetched URL."""
    own = canonical(fetched_url)
    meant = absolute(stated, fetched_url) if stated and stated.strip() else None
    if meant is None or isinstance(meant, Refusal) or is_home(meant):
        return own
    return canonical(meant) if registrable_domain(meant) == registrable_domain(fetched_url) else own


def stated_url(raw: str, page_url: str, base: str) -> str | None:
    """The URL that a page at `page_url` states, relative to `base`; None: it is none of http or https.

    Publishers also write it without its scheme (`www.harbour.example/a`, `https:/harbour.example/a`): what begins
    with the site's own host, or with `www.`, is no path. Its scheme, and its `www.`, are then those of `page_url`."""
    text = _ONE_SLASH.sub(r"\1://", raw.strip(_EDGES))
    host = _BARE_HOST.match(text)
    if host is None:
        found = absolute(text, base)
        return None if isinstance(found, Refusal) else found
    page = URL(page_url)
    named, own = host[1].lower().removeprefix("www."), page.host.removeprefix("www.")
    full = f"{page.protocol}//{page.host if named == own else host[1]}{text[host.end() :]}"
    is_own = registrable_domain(f"https://{named}/") == registrable_domain(page_url)
    if not (is_own or host[1].lower().startswith("www.")):
        full = text
    found = absolute(full, base)
    return None if isinstance(found, Refusal) else found


def is_home(url: str) -> bool:
    """Whether the URL is a site's front page."""
    parsed = URL(url)
    return not _without_trackers(parsed.search) and _HOME.fullmatch(parsed.pathname) is not None


def _parse(text: str, base: str | None) -> URL | Refusal:
    try:
        parsed = URL(text, base)
    except ValueError:
        return Refusal(reason=Reason.BAD_LINK, detail=f"no URL: {text[:200]!r}")
    if parsed.protocol not in ("http:", "https:"):
        return Refusal(reason=Reason.BLOCKED_SCHEME, detail=f"scheme {parsed.protocol[:40]!r}")
    return parsed


def _bare(parsed: URL) -> str:
    parsed.username = ""
    parsed.password = ""
    return parsed.href


def _within(text: str, words: str) -> str | Refusal:
    return text if len(text) <= LONGEST else Refusal(reason=Reason.BAD_LINK, detail=f"{words} {LONGEST} characters")


def _canonical_once(url: str) -> str:
    parsed = URL(url)
    parsed.hash = ""
    parsed.search = "&".join(_in_order(_without_trackers(parsed.search)))
    parsed.pathname = _one_spelling(parsed.pathname)
    return URL(safe_url_string(_bare(parsed))).href


def _one_spelling(text: str) -> str:
    """Escapes of unreserved characters undone (RFC 3986, 6.2.2.2), the others in upper case."""
    return _ESCAPE.sub(lambda found: _UNRESERVED.get(found[0].upper(), found[0].upper()), text)


def _in_order(parts: list[str]) -> list[str]:
    """Pairs in one spelling, by name and value; in the order given where a part is bare, since a server may read such
    a query by place. Bare parts keep their spelling."""
    if any(map(_is_bare, parts)):
        return [
            _one_spelling(part) if _is_bare(part) else urlencode(parse_qsl_to_bytes(part, True)) for part in parts
        ]
    return [urlencode(sorted(parse_qsl_to_bytes("&".join(parts), True)))]


def _is_bare(part: str) -> bool:
    """Whether a part of a query is not `name=value`: a value, a path, or pairs that are separated by `;`."""
    return "=" not in part or part.startswith("/") or ";" in part


def _without_trackers(search: str) -> list[str]:
    parts = search.removeprefix("?").split("&")
    return [part for part in parts if part and not is_tracker(unquote_plus(part.partition("=")[0]))]
