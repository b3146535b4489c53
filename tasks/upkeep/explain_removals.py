"""Account: read an article's capture again, and tell which rule left out which of its blocks."""

from schemas.history.rows import CaptureRow
from schemas.items.outcome import Refusal
from schemas.items.site_page import Removal, SiteMemory
from schemas.runs.url_history import UrlHistory
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.store import Archive
from tasks.cage.pool import Cage
from tasks.pure.site.memory import PAGES_READ, learn
from tasks.pure.site.wrappers import recall
from warehouse.load.rows import capture_of
from warehouse.lookups.sites import read_road, read_site_history


def explain_removals(settings: Settings, story: UrlHistory, source: Source) -> tuple[Removal, ...]:
    """What was left out of the latest version of the story's article, which `source` found, by the rules of
    today or the wrapper that read it, and what was known of its site when it was fetched; nothing where no article
    came of it or its page is refused today. Nothing is asked for: raises `NewsdeskError` where our own archive lacks
    its capture."""
    row = _latest(story)
    if row is None:
        return ()
    memory = _memory(settings, row)
    capture = capture_of(row)
    page = Archive.of(settings).read(capture.warc)
    with Cage(1, settings.cage_memory_mb, settings.cage_wall_s) as cage:
        answer: tuple[Removal, ...] | Refusal = cage.call(
            "tasks.pure.article.build:account", page, capture, source, memory
        )
    return () if isinstance(answer, Refusal) else answer


def _memory(settings: Settings, row: CaptureRow) -> SiteMemory:
    """The wrapper may have been learned from pages of its own batch, which were fetched later."""
    history = read_site_history(settings.reader_path, row.source, row.fetched_at, PAGES_READ)
    road, wrapper = read_road(settings.reader_path, row.capture_id)
    if road is None:
        return recall(row.source, history, row.run_id, row.fetched_at).memory
    return learn(history.sights, wrapper)


def _latest(story: UrlHistory) -> CaptureRow | None:
    read = {version.capture_id for version in story.versions}
    return next((capture for capture in reversed(story.captures) if capture.capture_id in read), None)
