"""Entries: turns a parser's strings into links and facts; each is cleaned, cut to a limit, or refused."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.items.article import AUTHORS_AT_MOST
from schemas.items.link import AHEAD_AT_MOST, Dated, Enclosure, EntryFacts
from schemas.items.outcome import Reason, Refusal
from schemas.sources.listing import Listed
from tasks.pure.dates.customs import Customs
from tasks.pure.dates.read import read_by
from tasks.pure.feeds.alternates import best_first
from tasks.pure.feeds.raw import RawEnclosure, RawEntry
from tasks.pure.text.clean import TITLE_CHARS, one_line
from tasks.pure.text.html_fragment import text_of, title_of
from tasks.pure.text.language_tags import language_of
from tasks.pure.urls.normalise import absolute

SUMMARY_CHARS = 4_000
MOMENT = timedelta(minutes=2)
"""A fetch takes less: dates this close to it come from the server's clock."""
_GUID_CHARS = 1_000
_NAME_CHARS = 200
_CATEGORIES = 50
_ENCLOSURES = 20
_SHOWN_CHARS = 200
_ESCAPED_AMPERSAND = re.compile(r"&(?:amp|#0{0,5}38|#x0{0,5}26);", re.IGNORECASE)
_EMAIL = re.compile(r"<?(?:mailto:)?[^\s<>()\"]{1,100}@[^\s<>()\"]{1,100}>?")
_BY = re.compile(r"by[:\s]\s*", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """An entry with its dates parsed. None: the entry states none."""

    raw: RawEntry
    published: Dated | None
    modified: Dated | None


def dated(raw: RawEntry, customs: Customs) -> DatedEntry:
    """The entry with its dates parsed, as the feed's languages and the outlet's country and time zone settle them."""
    published, modified = (read_by(text, customs) if text else None for text in (raw.published, raw.modified))
    return DatedEntry(raw, published, modified)


def believed(dates: Sequence[Dated | None], fetched_at: datetime) -> list[Dated | None]:
    """The dates of a listing's entries, in order. If two or more are known and all lie within two minutes of the
    fetch, only their raw texts stay: the server wrote its clock, and would write another time at each poll
    (docs/explanation/hostile-web.md E16, F03)."""
    known = [date.at for date in dates if date and date.at]
    if len(known) < 2 or any(abs(at - fetched_at) > MOMENT for at in known):
        return list(dates)
    return [date and Dated(raw=date.raw) for date in dates]


def instant(fetched_at: datetime, *dates: Dated | None) -> float | None:
    """The sort key of an entry: the first date that is known and at most a day after the fetch, in seconds since
    1970 UTC; None: there is none."""
    known = (date.at for date in dates if date and date.at and date.at <= fetched_at + AHEAD_AT_MOST)
    return next((at.timestamp() for at in known), None)


def newest_first(instants: Sequence[float | None]) -> list[int]:
    """The indexes of a listing's entries, latest first. An entry without a date follows the entry before it in
    the document; without a dated entry before it, it comes first."""
    keys: list[float] = []
    for instant in instants:
        keys.append(instant if instant is not None else keys[-1] if keys else float("inf"))
    return sorted(range(len(keys)), key=lambda place: -keys[place])


def listed(entry: DatedEntry, url: str, language: str | None) -> Listed | str:
    """The entry with its absolute link and facts, or `reason: link` if all of its links are refused. `url` is the
    feed's. Of several links, the first page in the wanted `language`."""
    raw = entry.raw
    base = usable_base(raw.base, url)
    written = [(raw.link, base)] if raw.link else []
    written += [(each.href, usable_base(each.base, url)) for each in best_first(raw.alternates, language)]
    links = [resolved(text, each) for text, each in written]
    links += [resolved(text, None) for text in raw.fallback_links]
    link = next((each for each in links if not isinstance(each, Refusal)), None)
    if link is None:
        first = written[0][0] if written else None
        return bad_link(_refusal(links if first else ()), first or f"no link; GUID {raw.guid or 'none'}")
    return Listed(url=link, facts=_facts(entry, base))


def _refusal(links: Sequence[str | Refusal]) -> Refusal:
    """Why the first link is refused."""
    first = next((each for each in links if isinstance(each, Refusal)), None)
    return first or Refusal(reason=Reason.BAD_LINK, detail="empty")


def bad_link(refusal: Refusal, link: str) -> str:
    """The text by which a listing records a refused link: `reason: link`, with at most 200 characters of the link."""
    return f"{refusal.reason}: {one_line(link[:_SHOWN_CHARS])}"


def usable_base(base: str | None, url: str) -> str:
    """The URL that relative links start from: `xml:base` if it is http(s), else the feed's `url`."""
    meant = absolute(base, url) if base else url
    return url if isinstance(meant, Refusal) else meant


def resolved(link: str | None, base: str | None) -> str | Refusal:
    """The absolute URL of a link, after unescaping `&amp;`. Refuses BAD_LINK if the link is empty or no URL."""
    if not link or not link.strip():
        return Refusal(reason=Reason.BAD_LINK, detail="empty")
    return absolute(_ESCAPED_AMPERSAND.sub("&", link.strip()), base)


def people(names: Iterable[str]) -> tuple[str, ...]:
    """Names without e-mail addresses and a leading `by`, in order, each once, at most 20. A field is split at
    its commas if every part has at least two words: `Ann Lee, Bob Ray`, not `Lee, Ann`."""
    found: dict[str, None] = {}
    for text in names:
        for part in _names_in(text_of(_EMAIL.sub(" ", text[: _NAME_CHARS * 5]), _NAME_CHARS * 5) or ""):
            name = _BY.sub("", part.strip(" ,;()\"'"), count=1) if _BY.match(part) else part.strip(" ,;()\"'")
            if name:
                found.setdefault(name[:_NAME_CHARS])
        if len(found) >= AUTHORS_AT_MOST:
            break
    return tuple(found)[:AUTHORS_AT_MOST]


def _names_in(text: str) -> Iterator[str]:
    for part in re.split(r"[;|]", text):
        pieces = [piece for piece in part.split(",") if piece.strip()]
        yield from pieces if all(len(piece.split()) > 1 for piece in pieces) else [part]


def _facts(entry: DatedEntry, base: str) -> EntryFacts:
    raw = entry.raw
    enclosures = tuple(_enclosures(raw.enclosures, base))
    image = resolved(raw.image, base)
    pictures = (each.url for each in enclosures if (each.media_type or "").startswith("image/"))
    return EntryFacts(
        title=title_of(raw.title, TITLE_CHARS),
        summary=text_of(raw.summary, SUMMARY_CHARS),
        authors=people(raw.authors),
        guid=(one_line(raw.guid[:_GUID_CHARS]) or None) if raw.guid else None,
        published=entry.published,
        modified=entry.modified,
        language=language_of(raw.language),
        categories=_categories(raw.categories),
        enclosures=enclosures,
        image_url=next(pictures, None) if isinstance(image, Refusal) else image,
    )


def _categories(terms: tuple[str, ...]) -> tuple[str, ...]:
    texts = (text_of(term, _NAME_CHARS) for term in terms[:_CATEGORIES])
    return tuple(dict.fromkeys(text for text in texts if text))


def _enclosures(files: tuple[RawEnclosure, ...], base: str) -> Iterator[Enclosure]:
    for file in files[:_ENCLOSURES]:
        url = resolved(file.url, base)
        if isinstance(url, Refusal):
            continue
        length = int(file.length) if file.length and _DIGITS.fullmatch(file.length) else None
        yield Enclosure(url=url, media_type=text_of(file.media_type, 100), length_bytes=length)
