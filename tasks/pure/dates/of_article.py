"""When an article was published and last changed, with every date that was found.

Precedence: JSON-LD, meta, time element, feed, sitemap, URL, text (instants right with zone: 98 % for the
first three in this order). A date is ignored when it cannot be read, lies over 24 h after the fetch or before 1990.
A later date with an instant wins over an earlier one with only the same day. A change before the publication is
ignored. Where nothing dates the publication, htmldate searches for its day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from schemas.items.article import MODIFIED, PUBLISHED, Evidence, Origin
from schemas.items.capture import Capture
from schemas.items.link import AHEAD_AT_MOST, Dated, Precision
from tasks.pure.dates.customs import Customs
from tasks.pure.dates.forms import DAY_IN_TEXT
from tasks.pure.dates.grammar import read_own
from tasks.pure.dates.htmldate_search import is_another_reading, search_day
from tasks.pure.dates.read import read_by, read_date
from tasks.pure.page.apart import stands_apart
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import one_line
from tasks.pure.text.languages import detect_language

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "article:published:time",
    "og:published_time",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "publishdate",
    "dc.date",
    "date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "article:modified:time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_\-.]|$)")
_DATE_CLASS = re.compile(r"date|datum|time(?!line)|publi|posted|byline|(?:^|[\s_-])(?:meta|info)(?:$|[\s_-])")
_CHANGE = re.compile(r"modif|updat|aktuali|mis à jour|actualiz|обновл|оновл|수정|更新", re.IGNORECASE)
_PUBLICATION = re.compile(r"(?<!re)publi(?!c(?:$|[\s_-]))|posted|entry-date", re.IGNORECASE)
_TEXT_CHARS = 80
_EARLIEST_YEAR = 1990
_TEXTS_READ = 4
_PARAGRAPHS_READ = 20
_WORD = re.compile(r"\S+")
_WORDS_BEFORE, _WORDS_BEHIND = 5, 9
"""Of a date in a text: `10:30 AM EDT, Sun` before its day, `o godz. 10:30 (GMT+2)` behind it."""


@dataclass(frozen=True, slots=True)
class Datings:
    """`evidence`: every date found, in order of precedence. `published`, `modified`: the chosen ones, or None."""

    evidence: tuple[Evidence, ...]
    published: Evidence | None
    modified: Evidence | None


def read_datings(
    page: Page, capture: Capture, time_zone: str, country: str | None = None, home_language: str | None = None
) -> Datings:
    """All dates of the article. `time_zone` (IANA), `country` (ISO 3166-1 alpha-2) and `home_language` (BCP 47) are
    the outlet's: for dates without a zone, names of zones, and the order of day and month."""
    language = page.language or page.stated.language or _language_of_text(page, home_language)
    customs = Customs(time_zone, tuple(each for each in (language, home_language) if each), country)
    found = list(_stated(page, capture, customs))
    latest = capture.fetched_at + AHEAD_AT_MOST
    published = _choose((one for one in found if one.field == PUBLISHED), latest, None, customs)
    modified = _choose((one for one in found if one.field == MODIFIED), latest, published, customs)
    marked = tuple(one.model_copy(update={"chosen": one is published or one is modified}) for one in found)
    return Datings(marked, published, modified)


def _language_of_text(page: Page, home_language: str | None) -> str | None:
    """The language of the paragraphs, for a page that states none."""
    texts = (one_line(" ".join(node.itertext())) for node in islice(page.tree.iter("p"), _PARAGRAPHS_READ))
    return detect_language(" ".join(texts), (home_language,))


def _choose(
    candidates: Iterable[Evidence], latest: datetime, after: Evidence | None, customs: Customs
) -> Evidence | None:
    usable = [one for one in candidates if _is_usable(one, latest, after)]
    if not usable:
        return None
    first = usable[0]
    if first.precision is Precision.SECOND:
        return _same_clock_with_zone(usable, customs) or first
    exact = [one for one in usable if one.precision is Precision.SECOND and _same_day(one, first)]
    return min(exact, key=lambda one: _date(one) != _date(first), default=first)


def _same_clock_with_zone(usable: list[Evidence], customs: Customs) -> Evidence | None:
    """The statement of the first one's local time that names its zone, where the first names none. `Z` does not
    count: publishing systems write it behind local times too."""
    if len(usable) < len(("without", "with")):
        return None
    first, *others = (read_own(one.raw, customs) for one in usable)
    if first is None or first.offset_min is not None:
        return None
    pairs = zip(usable[1:], others, strict=True)
    return next((one for one, own in pairs if own and own.offset_min and own.local == first.local), None)


def _date(one: Evidence) -> date | None:
    return one.at.date() if one.at else None


def _is_usable(one: Evidence, latest: datetime, after: Evidence | None) -> bool:
    if one.at is None or one.at > latest or one.at.year < _EARLIEST_YEAR:
        return False
    if after is None or after.at is None:
        return True
    slack = timedelta(days=1) if Precision.DAY in (one.precision, after.precision) else timedelta(0)
    return one.at >= after.at - slack


def _same_day(exact: Evidence, day: Evidence) -> bool:
    """Within the 14 h by which a zone can move an instant off a day's midnight UTC."""
    gap = exact.at - day.at if exact.at and day.at else timedelta(days=9)
    return timedelta(hours=-14) <= gap < timedelta(hours=38)


def _stated(page: Page, capture: Capture, customs: Customs) -> Iterator[Evidence]:
    """In order of precedence. Texts are read only where nothing else gave a date: they are the least
    sure, and cost the most to parse."""
    is_dated, refused = False, []
    for one in (*_in_markup(page, customs), *_from_entry(capture), *_from_url(capture.final_url)):
        is_dated = is_dated or (one.at is not None and one.field == PUBLISHED)
        refused += [one.raw] if one.at is None else []
        yield one
    for one in () if is_dated else _in_text(page, customs):
        is_dated = is_dated or (one.at is not None and one.field == PUBLISHED)
        refused += [one.raw] if one.at is None else []
        yield one
    day = None if is_dated else search_day(page.tree, page.url, capture.fetched_at, customs)
    if day and not any(is_another_reading(day, raw) for raw in refused):
        yield _evidence(PUBLISHED, Origin.TEXT, read_date(day))


def _in_text(page: Page, customs: Customs) -> Iterator[Evidence]:
    """Dates in the text of the page, with the weekday and the time of day beside them."""
    for field, text, found in _from_text(page):
        raw = _stretch(text, found, customs)
        yield _evidence(field, Origin.TEXT, read_by(raw, customs))


def _stretch(text: str, found: re.Match[str], customs: Customs) -> str:
    """The words around the day that the grammar reads as one date: the most of them with a time of day, else the
    most of them; where it reads none, the text from the day on."""
    starts = [word.start() for word in _WORD.finditer(text) if word.start() <= found.start()][-_WORDS_BEFORE:]
    ends = [word.end() for word in _WORD.finditer(text) if word.end() >= found.end()][:_WORDS_BEHIND]
    pieces = [text[start:end] for start in {*starts, found.start()} for end in {*ends, found.end()}]
    read = [(piece, own) for piece in pieces if (own := read_own(piece.strip("|,;- "), customs))]
    longest = max(read, key=lambda each: (each[1].has_time, len(each[0])), default=None)
    return longest[0].strip("|,;- ") if longest else text[found.start() :]


def _in_markup(page: Page, customs: Customs) -> Iterator[Evidence]:
    for field, origin, raw in _raw_statements(page):
        yield _evidence(field, origin, read_by(raw, customs))


def _from_entry(capture: Capture) -> Iterator[Evidence]:
    entry = capture.link.entry
    origin = Origin.SITEMAP if "sitemap" in capture.link.found_in.lower() else Origin.FEED
    for field, dated in ((PUBLISHED, entry.published), (MODIFIED, entry.modified)):
        if dated:
            yield _evidence(field, origin, dated)


def _raw_statements(page: Page) -> Iterator[tuple[str, Origin, str]]:
    for field, stated in ((PUBLISHED, page.stated.published), (MODIFIED, page.stated.modified)):
        if stated:
            yield field, Origin.JSON_LD, stated
    for field, names in ((PUBLISHED, _PUBLISHED_METAS), (MODIFIED, _MODIFIED_METAS)):
        for name in names:
            if name in page.metas:
                yield field, Origin.META, page.metas[name][0]
    for field, name in ((PUBLISHED, "datePublished"), (MODIFIED, "dateModified")):
        for value in page.microdata.get(name, ())[:1]:
            yield field, Origin.TIME_ELEMENT, value
    yield from _from_time_elements(page)


def _from_time_elements(page: Page) -> Iterator[tuple[str, Origin, str]]:
    """The first `<time>` of each kind that belongs to the article itself."""
    seen: set[str] = set()
    for node in page.tree.iter("time"):
        raw = one_line(node.get("datetime") or "")
        if not raw or stands_apart(node):
            continue
        field = _field_of(node)
        if field not in seen:
            seen.add(field)
            yield field, Origin.TIME_ELEMENT, raw[:200]


def _field_of(node: HtmlElement) -> str:
    """Whether a time element states the publication or the change: by its own class, then by what is around it.

    WordPress marks the date of a post that never changed as `published updated`.
    """
    own = node.get("class") or ""
    if _PUBLICATION.search(own):
        return PUBLISHED
    return MODIFIED if _CHANGE.search(f"{own} {_surroundings(node)}") else PUBLISHED


def _surroundings(node: HtmlElement) -> str:
    """Class names and text of a time element's parent and previous sibling; of names that state a publication too,
    the text alone."""
    around = [one for one in (node.getparent(), node.getprevious()) if one is not None]
    names = [one.get("class") or "" for one in around]
    texts = [one.text or "" for one in around]
    return " ".join((*(name for name in names if not _PUBLICATION.search(name)), *texts))[:300]


def _from_url(url: str) -> Iterator[Evidence]:
    found = _URL_DAY.search(url)
    if found:
        raw = f"{found[1]}-{found[2]}-{found[3]}"
        yield _evidence(PUBLISHED, Origin.URL, read_date(raw))


def _from_text(page: Page) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Field, text, and its day, in short texts of time elements and of elements whose class says that they hold a
    date."""
    count = 0
    for node in page.tree.iter(etree.Element):
        is_marked = node.tag == "time" or _DATE_CLASS.search((node.get("class") or "").lower())
        if count < _TEXTS_READ and is_marked and not stands_apart(node):
            text = one_line(" ".join(node.itertext()))
            found = DAY_IN_TEXT.search(text) if len(text) <= _TEXT_CHARS else None
            if found:
                count += 1
                yield (MODIFIED if _CHANGE.search(text) else PUBLISHED), text, found


def _evidence(field: str, origin: Origin, dated: Dated) -> Evidence:
    return Evidence(field=field, origin=origin, raw=dated.raw[:200], at=dated.at, precision=dated.precision)
