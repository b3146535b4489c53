"""Where words lie besides the tables: segments of the archive and pages of reports."""

import re
from collections.abc import Collection
from contextlib import suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from schemas.errors import BadRecordError
from schemas.items.capture import Capture
from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.runs.forget import ForgottenPlace, Selection
from schemas.settings import Settings
from tasks.archive.blank_records import UNFINISHED, SegmentCut, blank
from tasks.archive.read import StoredCapture, read_back
from tasks.archive.store import Archive
from tasks.pure.article.titles import choose_title
from tasks.pure.listings.mentions import mentions, spelt
from tasks.pure.page.parse import read_page
from tasks.pure.text.html_encoding import decode_html
from tasks.pure.urls.forgotten import form_of
from warehouse.database.connection import Warehouse
from warehouse.tables.forget.rewrite import SHORTEST_TITLE
from warehouse.tables.forget.select import ListingPlace, digests, known_segments, listings, segments_since

NEEDLES_AT_MOST = 500
"""URLs and titles that a report is searched for."""


def naming_listings(warehouse: Warehouse, archive: Archive, chosen: Selection) -> tuple[ForgottenPlace, ...]:
    """The captures of feeds, sitemaps and sections that name one of the pages. They go whole: of a listing only its
    entries are loaded, with the pages that they led to. One that cannot be read was taken out before."""
    return tuple(
        ForgottenPlace(place.capture_id, place.pointer.file, place.pointer.offset, place.pointer.length)
        for place in listings(warehouse, chosen.urls)
        if _names(archive, place, chosen)
    )


class Emptied(NamedTuple):
    """What was taken out of the archive: captures whole, and words of other pages. `digests`: those of captures whose
    rows have another, by id."""

    captures: int
    redacted: int
    digests: dict[str, str]


def blank_archive(warehouse: Warehouse, archive: Archive, chosen: Selection) -> Emptied:
    """Take the captures out of our own segments, and the words of links to them out of other pages of the source.
    Segments that the warehouse does not know, of runs that died before their load, are read for pages of the
    selection, too."""
    for left_behind in archive.folder.rglob(f".*{UNFINISHED}"):
        left_behind.unlink()
    lengths: dict[str, dict[int, int]] = {}
    for place in chosen.places:
        if "://" not in place.file:
            lengths.setdefault(place.file, {})[place.offset] = place.length
    is_few = 0 < len(chosen.urls) <= NEEDLES_AT_MOST
    naming = segments_since(warehouse, chosen.urls) if is_few else frozenset()
    names = set(archive.names())
    touched = sorted(names & (lengths.keys() | naming | (names - known_segments(warehouse))))
    captures = redacted = 0
    found: dict[str, str] = {}
    if is_few and not chosen.titles:
        chosen = chosen.model_copy(update={"titles": _titles(archive, sorted(names & lengths.keys()), chosen)})
    for name in touched:
        cut = _cut(chosen, lengths.get(name, {}), is_few)
        done = _blank_segment(archive, name, cut)
        captures, redacted = captures + done.captures, redacted + done.redacted
        found |= done.digests
    known = digests(warehouse, touched)
    changed = {each: digest for each, digest in found.items() if known.get(each, digest) != digest}
    return Emptied(captures, redacted, changed)


def drop_reports(settings: Settings, chosen: Selection) -> int:
    """Delete the pages of reports that name what goes; all of them for a source, and those of a period that were
    written in it. Returns their number. The list of reports is made anew by the next run."""
    needles = {*chosen.urls, *chosen.titles}
    is_all = bool(chosen.sources) or (len(needles) > NEEDLES_AT_MOST and not chosen.periods)
    is_many = len(needles) > NEEDLES_AT_MOST
    old_before = max((before.timestamp() for _, before in chosen.periods), default=0.0)
    words = _any_of(() if is_all or is_many else needles)
    dropped = 0
    for path in sorted(settings.reports_path.rglob("*")):
        with suppress(FileNotFoundError):  # A run deleted it at the same time.
            is_page = path.is_file() and path.suffix in (".html", ".open", ".json")
            is_old = is_page and (path.stat().st_mtime < old_before or (is_many and path.name.startswith("replay-")))
            if is_page and (is_all or is_old or words.search(path.read_text("utf-8", "replace"))):
                path.unlink(missing_ok=True)
                dropped += 1
    return dropped


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """One of the words, as written or as HTML has it; nothing where there are none."""
    forms = {re.escape(form) for word in words for form in (word, escape(word))}
    return re.compile("|".join(sorted(forms)) or "(?!)")


def _names(archive: Archive, place: ListingPlace, chosen: Selection) -> bool:
    try:
        body = archive.read(place.pointer)
    except BadRecordError:
        return True
    return mentions(body, place.charset, chosen.urls, chosen.titles)


def _titles(archive: Archive, names: Collection[str], chosen: Selection) -> frozenset[str]:
    """The headlines of pages that were fetched and never loaded: no table has them, and other pages name it so."""
    ids, found = {place.capture_id for place in chosen.places}, set()
    for name in names:
        with archive.opened(name) as folder:
            stored = [each for each in read_back(folder / name, name) if isinstance(each, StoredCapture)]
        for capture, body in ((each.capture, each.body) for each in stored):
            if capture.kind is UrlKind.ARTICLE and str(capture.capture_id) in ids:
                decoded = decode_html(body, capture.charset)
                page = decoded if isinstance(decoded, Refusal) else read_page(decoded.text, capture.url)
                found.add(None if isinstance(page, Refusal) else choose_title(page, None, capture.link.source))
    return frozenset(title for title in found if title and len(title) >= SHORTEST_TITLE)


def _cut(chosen: Selection, lengths: dict[int, int], is_few: bool) -> SegmentCut:
    """What goes of a segment."""
    ids = {place.capture_id for place in chosen.places}
    pages = (UrlKind.ARTICLE, UrlKind.REDIRECT)

    def is_forgotten(capture: Capture) -> bool:
        if str(capture.capture_id) in ids or capture.link.source in chosen.sources:
            return True
        return capture.kind in pages and not chosen.urls.isdisjoint((capture.url, form_of(capture.url)))

    if not is_few:
        return SegmentCut(is_forgotten, lengths)

    def words(capture: Capture) -> frozenset[bytes]:
        return spelt(capture.charset, chosen.urls, chosen.titles)

    def names(capture: Capture, body: bytes) -> bool:
        return mentions(body, capture.charset, chosen.urls, chosen.titles)

    return SegmentCut(is_forgotten, lengths, words, names)


def _blank_segment(archive: Archive, name: str, cut: SegmentCut) -> Emptied:
    with archive.opened(name) as folder, TemporaryDirectory(prefix="newsdesk-forget-") as spare:
        path = folder / name
        place = Path(spare) if archive.store else path.parent
        to = place / f".{path.name}{UNFINISHED}"
        done = blank(path, name, to, cut)
        if done is None:
            return Emptied(0, 0, _digests(path, name))
        found = _digests(to, name)
        if done.left:
            archive.replace(name, to)
        else:
            to.unlink()
            archive.drop(name)
        return Emptied(len(done.captures), done.redacted, found)


def _digests(path: Path, name: str) -> dict[str, str]:
    found = (each.capture for each in read_back(path, name) if isinstance(each, StoredCapture))
    return {str(capture.capture_id): capture.warc.digest for capture in found}
