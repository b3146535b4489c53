"""Backfill: loads pages of the past, from lists, sitemaps, feeds and archives, one chunk after the other."""

import os
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from flows.running.choose import flow
from flows.running.direct import a_few_at_once, wait_for
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.items.capture import Capture
from schemas.items.outcome import Reason, Stage
from schemas.runs.backfill_plan import FILES, BackfillOptions, BackfillOrigin, Chunk, batch_id, plan_id
from schemas.runs.batch import Batch, Loaded
from schemas.runs.report import FlowResults, RunReport
from schemas.runs.run import RunState
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.backfill.job import BackfillJob
from tasks.backfill.plan import (
    PlanContents,
    chunks_of_plan,
    cut_into_chunks,
    end_plan,
    links_to_fetch,
    list_crawl,
    measure_files,
    read_lists,
    unfinished_plan,
)
from tasks.backfill.read_warc_range import read_warc_range
from tasks.backfill.walk_listings import walk_listings
from tasks.backfill.wayback import as_mementos, fetch_mementos, list_mementos
from tasks.ingest.extract import read, settle
from tasks.ingest.fetch import fetch
from tasks.ingest.learned_sites import Learned
from tasks.ingest.load import load
from tasks.ingest.validate import validate
from tasks.machine.local_zone import instant_given
from tasks.machine.settings_file import read_settings
from tasks.pure.backfill.chunks import Owners, as_ended, damaged, is_whole
from tasks.pure.backfill.estimates import going_line, plan_line
from tasks.pure.backfill.options import backfill_options
from tasks.pure.site.learning_rounds import Pages
from tasks.pure.sources.placeholder_source import sources_of
from tasks.run.groups import Group, at_backfill_pace
from tasks.run.kit import Kit
from tasks.run.obey_tombstones import obey_captures, obey_links
from tasks.run.progress import Progress, Work
from tasks.sources.source_folder import no_source
from tasks.web.contact import need_contact
from warehouse.lookups.backfill_plans import open_chunks

CHUNKS_A_RUN = 200
FILE_CHUNKS_A_RUN = 20
"""After so many chunks a run ends and the next begins: readers see what was loaded, and memory stays flat."""
FILE_CHUNKS_AT_ONCE = 2
"""While one chunk is checked and loaded, the extraction processes read the pages of the other."""
FROM_SITES = frozenset({BackfillOrigin.URLS, BackfillOrigin.SITEMAPS, BackfillOrigin.FEEDS})
"""Origins whose pages are fetched from their own sites."""


@dataclass
class ChunkOrder:
    """The place of a chunk in the order of loading. Chunks of one source, or of files, are read in parallel and
    loaded in the plan's order: the order of versions must not depend on thread timing, or on whether the run was
    killed. `before`: the chunk to load first; None: there is none. `learned`: what the next chunk learns from its
    pages. `read`: what was read already, for a retry of the load."""

    before: Promise[Loaded] | None
    learned: Learned
    read: tuple[Group, Batch[Capture], Pages] | None = None


@flow
def backfill(
    from_: BackfillOrigin,
    since: str | None = None,
    until: str | None = None,
    sources: list[str] | None = None,
    files: list[str] | None = None,
    any_host: bool = False,
    dry_run: bool = False,
) -> RunReport:
    """Load pages of the past. The same call again resumes where the last one ended.

    Args:
        from_: Where the pages are found.
        since: First day or instant, in NEWSDESK_TIME_ZONE: 2026-11-03, 2026-11, 2026-11-03T06:00, yesterday, 7d or '7
            days ago'; none: no beginning.
        until: The day or instant after the last, written as since; none: now.
        sources: Slugs of sources; none: all.
        files: Only from urls, wayback and warc: files of URLs, or WARC files or their URLs, as the worker reads them.
        any_host: Load pages of hosts without a source, too; a list of URLs without sources does so anyway.
        dry_run: Only estimate requests, time and bytes; no page is loaded.
    """
    settings, now = read_settings(os.environ).model_copy(update={"run_budget_s": 0.0}), datetime.now(UTC)
    wanted = backfill_options(
        from_,
        instant_given(since, now, settings.time_zone),
        instant_given(until, now, settings.time_zone),
        sources or (),
        [name if "://" in name else os.path.abspath(name) for name in files or ()],
        any_host,
    )
    return run_job(BackfillJob(wanted, dry_run), settings)


def run_job(
    job: BackfillJob,
    settings: Settings | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
) -> RunReport:
    """Start runs until every chunk is loaded or a stop is requested; returns the last report."""
    while True:
        before = job.left
        its = partial(stages, job), job.wanted.sources, settings, progress, stop
        report = run_flow("backfill", *its, results=partial(results, job))
        is_stuck = before and job.left >= before
        if not job.left or job.is_dry or is_stuck or report.run.state is RunState.INTERRUPTED:
            break
    if job.plan and not job.left:
        end_plan(settings or read_settings(os.environ), job.plan, report.run.finished_at)
    return report


def results(job: BackfillJob, _kit: Kit) -> FlowResults:
    """How far the backfill is, for the report of a run."""
    return FlowResults(backfill=job.progress())


def stages(job: BackfillJob, runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """A step that plans, if there is no plan yet, then a step for each chunk."""
    pace_s = kit.settings.backfill_pace_s
    sources = [at_backfill_pace(source, pace_s) for group in groups for source in group.sources]
    if not sources and not job.wanted.takes_strangers:
        raise no_source(kit.settings.sources)
    owners = Owners(sources, job.wanted.takes_strangers)
    loaded: list[Promise[Loaded]] = []
    is_files = job.wanted.ground in FILES
    if is_files and not job.is_dry:
        kit.start_parsers()
    if not _goes_on(kit, job):
        loaded.append(runner.submit(plan, kit, job, sources, owners, label="plan"))
        loaded[0].result()
    if job.is_dry or job.plan is None:
        return loaded
    chunks = open_chunks(kit.warehouse, job.plan, FILE_CHUNKS_A_RUN if is_files else CHUNKS_A_RUN)
    kit.progress.expect(Work.CHUNKS, len(chunks))
    last: dict[str | None, tuple[Promise[Loaded], Learned]] = {}
    steps = (partial(_chunk, runner, kit, job, one, sources, owners, last) for one in chunks)
    loaded += a_few_at_once(steps, FILE_CHUNKS_AT_ONCE if is_files else kit.settings.fetch_threads, kit.stop_reason)
    job.chunks, job.left = chunks_of_plan(kit, job.plan)
    return loaded


def plan(kit: Kit, job: BackfillJob, sources: Sequence[Source], owners: Owners) -> Loaded:
    """Find the pages of the request, divide them into chunks and store these; load the rows that the search made."""
    fresh = plan_id(job.wanted, kit.run_id)
    need_contact(kit.settings, _asked(kit.settings, job.wanted, sources))
    found = _find(kit, job.wanted, fresh, sources, owners)
    if job.wanted.ground in FROM_SITES and not job.is_dry:
        need_contact(kit.settings, (link.url for link in found.batch.kept))
    found = found._replace(batch=obey_links(kit, found.batch, Stage.DISCOVER))
    job.estimate = cut_into_chunks(kit, fresh, job.wanted, found, sources, job.is_dry)
    job.count(articles=0, faults=job.estimate.faults)
    if not job.is_dry:
        job.plan, job.planned_at = fresh, kit.at()
        job.tell(plan_line(job.estimate))
    return load(kit, found.batch.model_copy(update={"kept": ()}))  # type: ignore[arg-type]  # `kept` is empty


def load_chunk(
    kit: Kit, job: BackfillJob, chunk: Chunk, sources: Sequence[Source], owners: Owners, order: ChunkOrder
) -> Loaded:
    """One chunk, from its pages to its rows. An interrupted chunk loads the pages it has, and stays open."""
    try:
        order.read = group, captures, pages = order.read or _read(kit, job, chunk, sources, owners, order.learned)
    finally:
        order.learned.teach({})  # Release the next chunk even if this one failed.
    if order.before and order.learned.from_before():
        order.before.result()  # Read with what that chunk taught: if its load failed, this chunk must fail.
    elif order.before:
        wait_for(order.before)
    checked = validate(settle(kit, group, captures, pages), {}, kit.now, group.languages)
    loaded = load(kit, as_ended(checked))
    order.read = None
    whole = is_whole(checked)
    articles = sum(outcome.reason is Reason.LOADED for outcome in loaded.outcomes)
    job.count(articles, damaged(loaded.outcomes) if whole else 0)
    if whole:
        kit.progress.advance(Work.CHUNKS)
    return loaded


def _read(
    kit: Kit, job: BackfillJob, chunk: Chunk, sources: Sequence[Source], owners: Owners, learned: Learned
) -> tuple[Group, Batch[Capture], Pages]:
    if chunk.file:
        captures, bodies = read_warc_range(kit, job.wanted, chunk, owners, job.payloads)
    elif job.wanted.ground is BackfillOrigin.WAYBACK:
        # A chunk that was cut short is fetched whole again: a known URL may be of another chunk, in another month.
        group, links = links_to_fetch(kit, chunk, sources, None)
        captures, bodies = fetch_mementos(kit, group, obey_links(kit, links, Stage.FETCH)), {}
    else:
        captures, bodies = fetch(kit, *links_to_fetch(kit, chunk, sources, job.planned_at)), {}
    captures = obey_captures(kit, captures)
    group = Group(chunk.batch_id, sources_of(captures.kept, sources))
    return group, captures, read(kit, group, captures, bodies, learned)


def _chunk(
    runner: Runner,
    kit: Kit,
    job: BackfillJob,
    chunk: Chunk,
    sources: Sequence[Source],
    owners: Owners,
    last: dict[str | None, tuple[Promise[Loaded], Learned]],
) -> Promise[Loaded]:
    before, learned = last.get(chunk.source, (None, None))
    behind = batch_id(chunk.plan_id, chunk.number - 1)
    order = ChunkOrder(before, Learned(learned.taught if learned else None, behind))
    loaded = runner.submit(load_chunk, kit, job, chunk, sources, owners, order, label=chunk.label)
    last[chunk.source] = loaded, order.learned
    return loaded


def _goes_on(kit: Kit, job: BackfillJob) -> bool:
    """Whether there is a plan that is not done: the job's, or an open one of the same request, now the job's."""
    going = None if job.plan or job.is_dry else unfinished_plan(kit, job.wanted)
    if going:
        job.plan, job.planned_at = going.plan_id, going.at
        job.tell(going_line(going))
    return job.plan is not None


def _asked(settings: Settings, wanted: BackfillOptions, sources: Sequence[Source]) -> Iterable[str]:
    """URLs that finding the pages asks; those of the pages are not known yet."""
    match wanted.ground:
        case BackfillOrigin.URLS | BackfillOrigin.WARC:
            return (name for name in wanted.inputs if "://" in name)
        case BackfillOrigin.CCNEWS:
            return (settings.ccnews,)
        case BackfillOrigin.WAYBACK:
            return (settings.wayback,)
        case BackfillOrigin.SITEMAPS | BackfillOrigin.FEEDS:
            return (url for source in sources for url in source.urls)


def _find(kit: Kit, wanted: BackfillOptions, fresh: UUID, sources: Sequence[Source], owners: Owners) -> PlanContents:
    group = Group(batch_id(fresh, 0), tuple(sources))
    match wanted.ground:
        case BackfillOrigin.URLS:
            return read_lists(kit, fresh, wanted, owners)
        case BackfillOrigin.WARC:
            return measure_files(kit, fresh, wanted)
        case BackfillOrigin.CCNEWS:
            return list_crawl(kit, fresh, wanted)
        case BackfillOrigin.SITEMAPS | BackfillOrigin.FEEDS:
            return PlanContents(walk_listings(kit, group, wanted))
        case BackfillOrigin.WAYBACK:
            if wanted.inputs:
                listed = read_lists(kit, fresh, wanted, owners)
                return listed._replace(batch=as_mementos(kit, listed.batch))
            return PlanContents(list_mementos(kit, group, wanted))
