"""Reads an article's capture again, and names the rule that removed each block of its page."""

from schemas.errors import NewsdeskError
from schemas.history.rows import CaptureRow
from schemas.items.outcome import Refusal
from schemas.items.site_page import Removal, SiteMemory
from schemas.runs.url_history import UrlHistory
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.store import Archive
from tasks.cage.pool import Cage
from tasks.pure.site.memory import PAGES_READ, learn
from tasks.pure.site.wrappers import known_site
from warehouse.load.rows import capture_of
from warehouse.lookups.sites import read_road, read_site_history


def explain_removals(settings: Settings, story: UrlHistory, source: Source) -> tuple[Removal, ...]:
    """Every block that the latest version of the story's article leaves out, with its rule. `source` is the one that
    found it.

    The page is read with today's rules, or with the wrapper that read it, and with what was known of the site when
    it was fetched. No request is sent. Raises `NewsdeskError` where the story has no version with a capture, where
    the archive lacks the capture, and where today's rules refuse the page."""
    row = _latest(story)
    if row is None:
        raise NewsdeskError("the warehouse has no capture of its latest version")
    memory = _memory(settings, row)
    capture = capture_of(row)
    page = Archive.of(settings).read(capture.warc)
    with Cage(1, settings.cage_memory_mb, settings.cage_wall_s) as cage:
        answer: tuple[Removal, ...] | Refusal = cage.call(
            "tasks.pure.article.build:account", page, capture, source, memory
        )
    if isinstance(answer, Refusal):
        raise NewsdeskError(f"today's rules refuse its page: {answer.reason.value} ({answer.detail})")
    return answer


def _memory(settings: Settings, row: CaptureRow) -> SiteMemory:
    """What was known of the site when the page was read. Its wrapper may have been learned from pages of the same
    batch that were fetched later."""
    history = read_site_history(settings.reader_path, row.source, row.fetched_at, PAGES_READ)
    road, wrapper = read_road(settings.reader_path, row.capture_id)
    if road is None:
        return known_site(row.source, history, row.run_id, row.fetched_at).memory
    return learn(history.sights, wrapper)


def _latest(story: UrlHistory) -> CaptureRow | None:
    read = {version.capture_id for version in story.versions}
    return next((capture for capture in reversed(story.captures) if capture.capture_id in read), None)
