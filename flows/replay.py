"""Replay: extracts archived pages again, compares with what is stored, and on request makes the new texts current."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.items.capture import Capture
from schemas.runs.batch import Loaded
from schemas.runs.replay import ReplayDiff
from schemas.runs.report import FlowResults, RunReport
from tasks.ingest.extract import extract
from tasks.ingest.load import load
from tasks.ingest.publish import publish_page
from tasks.ingest.validate import validate
from tasks.machine.local_zone import instant_given, local_zone
from tasks.machine.settings_file import read_settings
from tasks.pure.body.by_trafilatura import EXTRACTOR, EXTRACTOR_VERSION
from tasks.pure.dates.since import instant_of
from tasks.pure.reports.replay_diff import summed_up
from tasks.pure.reports.replay_page import render_page
from tasks.pure.sources.placeholder_source import sources_of
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.upkeep.replay import Reread, batch_id, batch_of, chunks_of, compare, promotion, replayed_sources
from warehouse.lookups.replayable import replayable


@dataclass
class ReplayOptions:
    """The captures to extract again, and afterwards the `diff` and its `page`. `until` None: up to now; no `sources`:
    all that were ever captured, also those whose file was deleted or never existed."""

    since: datetime
    until: datetime | None = None
    promotes: bool = False
    sources: tuple[str, ...] = ()
    diff: ReplayDiff = field(default_factory=ReplayDiff)
    page: Path | None = None

    def results(self, _kit: Kit) -> FlowResults:
        """The comparison and its page, for the report of the run."""
        return FlowResults(replay=self.diff, page=str(self.page) if self.page else None)


@flow
def replay(
    since: str, until: str | None = None, sources: list[str] | None = None, promote: bool = False
) -> RunReport:
    """Extract what was fetched since then again, from the archive and without a request to the publisher, and compare
    it with what is stored, field by field: the page is `reports/replay-RUN.html`.

    Args:
        since: First day or instant of the fetches, in NEWSDESK_TIME_ZONE: 2026-11-03, 2026-11, 2026-11-03T06:00,
            yesterday, 7d or '7 days ago'.
        until: The day or instant after the last, written as since; none: now.
        sources: Slugs of sources; none: all that were captured, with a file or without.
        promote: Make changed articles current, in one transaction; earlier values stay as superseded versions.
            Without it nothing is written but the comparison.
    """
    settings, now = read_settings(os.environ), datetime.now(UTC)
    begin = instant_of(since, now, local_zone(settings.time_zone)).astimezone(UTC)
    options = ReplayOptions(begin, instant_given(until, now, settings.time_zone), promote, tuple(sources or ()))
    return run_flow("replay", partial(stages, options), sources or [], settings, results=options.results)


def stages(options: ReplayOptions, runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """A step for each chunk of captures; then the diff of all, and one load of the articles that become current."""
    sources = [source for group in groups for source in group.sources]
    captures = replayable(
        kit.warehouse, options.since, options.until or kit.at(), replayed_sources(kit, options.sources)
    )
    rereads = []
    for number, chunk in enumerate(chunks_of(captures)):
        group = Group(batch_id(kit.run_id, "sources"), sources_of(chunk, sources))
        rereads.append(runner.submit(reread, kit, group, chunk, number, options.promotes, label=f"chunk {number}"))
    found = [promise.result() for promise in rereads]
    options.diff = summed_up(
        (each for chunk in found for each in chunk.differences), (f"{EXTRACTOR} {EXTRACTOR_VERSION}",)
    ).model_copy(update={"is_promoted": options.promotes})
    loaded = [runner.submit(promote, kit, found, label="all")] if options.promotes else []
    options.page = publish_page(
        kit, f"replay-{kit.run_id}", render_page(options.diff, f"Replay of {options.since:%Y-%m-%d} and later")
    )
    return loaded


def reread(kit: Kit, group: Group, chunk: Sequence[Capture], number: int, keeps_articles: bool) -> Reread:
    """One chunk, extracted and validated again."""
    articles = extract(kit, group, batch_of(kit.run_id, chunk, str(number)))
    with_papers = articles.model_copy(
        update={"ledger": articles.ledger.model_copy(update={"captures": tuple(chunk)})}
    )
    return compare(kit, chunk, validate(with_papers, {}, kit.now, group.languages), keeps_articles)


def promote(kit: Kit, found: Sequence[Reread]) -> Loaded:
    """Load every changed article in one transaction."""
    return load(kit, promotion(kit.run_id, found), is_read_anew=True)
