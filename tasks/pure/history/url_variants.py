"""The other addresses at which sites serve one page, derived from its canonical URL."""

import re
from collections.abc import Sequence
from hashlib import sha1
from uuid import NAMESPACE_URL, UUID

from tasks.pure.urls.former_form import former_form

_NAMESPACE = NAMESPACE_URL.bytes
_KEPT = UUID("ffffffff-ffff-0fff-3fff-ffffffffffff").bytes
_TOLD = UUID("00000000-0000-5000-8000-000000000000").bytes
_PARTS = re.compile(r"https?://(?:(?:www|m|mobile|amp)\.)?(?P<host>[^/?#]+)(?P<path>[^?#]*)(?P<query>\?[^#]*)?")
_AMP_PATH = re.compile(r"(?:/amp|\.amp)?/?$")
_AMP_PAIR = re.compile(r"(?:amp(?:=1|=true|=)?|outputType=amp)", re.IGNORECASE)
_HOSTS = ("", "www.", "m.", "mobile.", "amp.")
_ENDS = ("", "/", "/amp", "/amp/", ".amp")
_AMP_QUERIES = ("amp=1", "outputType=amp")


def variants(url: str) -> dict[bytes, str]:
    """The other forms of a canonical URL that sites use for one page, by the 16 bytes of the article_id that each
    would have: http and https, with and without `www.`, mobile and AMP addresses, a slash at the end. Empty for what
    is no HTTP URL.

    Where versions up to 0.1 had another canonical form for the URL, that form and its others are among them, so that
    what was stored under it is known again."""
    former = former_form(url)
    forms = list(dict.fromkeys([*_forms(url), *([] if former == url else [former, *_forms(former)])]))
    return dict(zip(_ids(forms), forms, strict=True)) if forms else {}


def _forms(url: str) -> list[str]:
    parts = _PARTS.fullmatch(url)
    if parts is None:
        return []
    pairs = [pair for pair in (parts["query"] or "")[1:].split("&") if pair and not _AMP_PAIR.fullmatch(pair)]
    path = _AMP_PATH.sub("", parts["path"])
    tails = [f"{path}{end}{_joined(pairs)}" for end in _ENDS]
    tails += [f"{path}{end}{_joined([*pairs, amp])}" for end in ("", "/") for amp in _AMP_QUERIES]
    hosts = [f"{scheme}://{prefix}{parts['host']}" for scheme in ("https", "http") for prefix in _HOSTS]
    return [form for host in hosts for tail in tails if (form := host + tail) != url]


def _ids(urls: Sequence[str]) -> list[bytes]:
    """The bytes of `uuid5(NAMESPACE_URL, url)` for each, eight times as fast: a load makes ninety of them an article.
    The bits of the UUID's version are set in all of them at once."""
    digests = b"".join([sha1(_NAMESPACE + url.encode(), usedforsecurity=False).digest()[:16] for url in urls])
    kept, told = (int.from_bytes(each * len(urls)) for each in (_KEPT, _TOLD))
    ids = (int.from_bytes(digests) & kept | told).to_bytes(len(digests))
    return [ids[start : start + 16] for start in range(0, len(ids), 16)]


def _joined(pairs: list[str]) -> str:
    """The query, its pairs in canonical order; bare values keep theirs."""
    return "?" + "&".join(sorted(pairs) if all("=" in pair for pair in pairs) else pairs) if pairs else ""
