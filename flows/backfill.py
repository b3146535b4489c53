"""Backfill: pages of the past, from lists, sitemaps, feeds and archives, chunk by chunk by the one path."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid5

from flows.runner import Promise, Runner, flow
from flows.runs import run_flow
from schemas.batch import Batch, Loaded
from schemas.capture import Capture
from schemas.errors import NewsdeskError
from schemas.link import Link
from schemas.outcome import Outcome, Reason
from schemas.plan import FILES, BackfillStatus, Chunk, Estimate, Ground, Wanted, batch_id, plan_id
from schemas.report import RunReport
from schemas.run import RunState
from schemas.settings import Settings
from schemas.source import Source
from tasks.collect import collect
from tasks.extract import extract
from tasks.fetch import fetch
from tasks.kit import Group, Kit
from tasks.load import load
from tasks.plan import Found, list_crawl, measure_files, read_lists, store, without_known
from tasks.progress import Progress, Work
from tasks.pure.estimates import estimated
from tasks.pure.plans import Owners, file_chunks, link_chunks
from tasks.pure.stand_ins import sources_of, stand_in
from tasks.validate import validate
from tasks.walk import walk
from tasks.wayback import list_mementos, recover
from warehouse.known import known_urls
from warehouse.plans import backfills, mean_body_bytes, open_chunks

CHUNKS_A_RUN = 200
FILE_CHUNKS_A_RUN = 20
"""Chunks after which a run ends and the next begins: readers see what was loaded, and memory stays flat."""
FILE_CHUNKS_AT_ONCE = 2
NOT_ENDS = frozenset({Reason.INTERRUPTED, Reason.DISK_FULL})
FAULTS = frozenset({Reason.BAD_RECORD, Reason.BAD_LINK, Reason.WRONG_TYPE, Reason.PARSE_ERROR})


@dataclass
class Job:
    """What a backfill is to do, and how far it is. `plan`: the one to go on with, None: that of the same
    wish, or a fresh one. What was taken up since `planned_at` was so by that plan. `left` counts chunks."""

    wanted: Wanted
    is_dry: bool = False
    plan: UUID | None = None
    planned_at: datetime | None = None
    estimate: Estimate | None = None
    faults: int = 0
    left: int = 0
    tell: Callable[[str], None] = lambda _: None


@flow
def backfill(
    ground: Ground,
    since: datetime | None = None,
    until: datetime | None = None,
    sources: list[str] | None = None,
    inputs: list[str] | None = None,
    takes_strangers: bool = False,
) -> RunReport:
    """Load pages of the past. The same call again goes on where the last one ended.

    Args:
        ground: Where the pages are found: urls, warc, sitemaps, feeds, wayback or ccnews.
        since: First day (UTC); none: no beginning.
        until: Day behind the last; none: up to now.
        sources: Slugs; none: all sources.
        inputs: Files of URLs, or WARC files or their URLs.
        takes_strangers: Take pages of hosts that no source has, too.
    """
    wanted = Wanted(
        ground=ground,
        since=since,
        until=until,
        sources=tuple(sorted(sources or ())),
        inputs=tuple(inputs or ()),
        takes_strangers=takes_strangers,
    )
    return run_job(Job(wanted))


def run_job(job: Job, settings: Settings | None = None, progress: Progress | None = None, **how: object) -> RunReport:
    """Run after run until every chunk is loaded, or somebody asks to stop; gives the last report."""
    while True:
        before = job.left
        report = run_flow("backfill", partial(stages, job), job.wanted.sources, settings, progress, **how)  # type: ignore[arg-type]  # passed on as they are
        is_stuck = before and job.left >= before
        if not job.left or job.is_dry or is_stuck or report.run.state is RunState.INTERRUPTED:
            return report


def stages(job: Job, runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """Plan where there is no plan, then a step a chunk."""
    sources = [paced(kit, source) for group in groups for source in group.sources]
    owners = Owners(sources, job.wanted.takes_strangers)
    loaded: list[Promise[Loaded]] = []
    if job.plan is None and not _found_again(job, kit):
        loaded.append(runner.submit(make_plan, kit, job, sources, owners, label="plan"))
        loaded[0].result()
    if job.is_dry or job.plan is None:
        return loaded
    is_files = job.wanted.ground in FILES
    chunks = open_chunks(kit.warehouse, job.plan, FILE_CHUNKS_A_RUN if is_files else CHUNKS_A_RUN)
    kit.progress.expect(Work.CHUNKS, len(chunks))
    flight: deque[Promise[Loaded]] = deque()
    for chunk in chunks:
        if kit.over():
            break
        if len(flight) >= (FILE_CHUNKS_AT_ONCE if is_files else kit.settings.fetch_threads):
            with suppress(NewsdeskError):  # It is raised again where the run's promises are gathered.
                flight.popleft().result()
        flight.append(runner.submit(run_chunk, kit, job, chunk, sources, owners, label=chunk.label))
        loaded.append(flight[-1])
    for promise in flight:
        with suppress(NewsdeskError):
            promise.result()
    job.left = sum(each.chunks - each.done for each in backfills(kit.warehouse) if each.plan_id == job.plan)
    return loaded


def make_plan(kit: Kit, job: Job, sources: Sequence[Source], owners: Owners) -> Loaded:
    """Find what is wanted, cut it into chunks and store them; what finding it brought is loaded."""
    plan = plan_id(job.wanted, kit.run_id)
    found = _find(kit, job.wanted, plan, sources, owners)
    links, known = without_known(kit, found.batch.kept)
    chunks = [*link_chunks(plan, links), *file_chunks(plan, found.files, kit.settings.chunk_bytes)]
    faults = sum(outcome.reason in FAULTS for outcome in found.batch.dropped)
    pace_s = max((source.pace_s for source in sources), default=kit.settings.backfill_pace_s)
    job.estimate = estimated(chunks, links, pace_s, mean_body_bytes(kit.warehouse), known, faults)
    job.faults += faults
    if not job.is_dry:
        job.plan, job.planned_at = plan, kit.at()
        if chunks:
            store(kit, plan, job.wanted, chunks)
        job.tell(f"planned {len(chunks)} chunks; {known} articles are there already")
    return load(kit, found.batch.model_copy(update={"kept": ()}))  # type: ignore[arg-type]  # none is kept


def run_chunk(kit: Kit, job: Job, chunk: Chunk, sources: Sequence[Source], owners: Owners) -> Loaded:
    """One chunk, from its pages to rows. One that was interrupted loads what it got, and stays open."""
    pages = _pages(kit, job, chunk, sources, owners)
    group = Group(chunk.batch_id, sources_of(pages.kept, sources))
    checked = validate(extract(kit, group, pages), {}, kit.now, group.languages)
    if any(outcome.reason in NOT_ENDS for outcome in checked.dropped):
        ends = tuple(outcome for outcome in checked.dropped if outcome.reason not in NOT_ENDS)
        part = uuid5(chunk.batch_id, kit.run_id)
        return load(kit, checked.model_copy(update={"batch_id": part, "dropped": ends}))
    loaded = load(kit, checked)
    job.faults += sum(outcome.reason in FAULTS and _is_of_file(outcome) for outcome in loaded.outcomes)
    kit.progress.advance(Work.CHUNKS)
    return loaded


def paced(kit: Kit, source: Source) -> Source:
    """The source at the pace of backfills."""
    return source.model_copy(update={"pace_s": max(source.pace_s, kit.settings.backfill_pace_s)})


def _found_again(job: Job, kit: Kit) -> bool:
    same = [each for each in backfills(kit.warehouse) if each.wanted == job.wanted.model_dump_json()]
    going: BackfillStatus | None = next((each for each in same if each.is_open), None)
    if going is None or job.is_dry:
        return False
    job.plan, job.planned_at = going.plan_id, going.at
    job.tell(f"going on with backfill {str(going.plan_id)[:8]}: {going.done} of {going.chunks} chunks are loaded")
    return True


def _find(kit: Kit, wanted: Wanted, plan: UUID, sources: Sequence[Source], owners: Owners) -> Found:
    group = Group(batch_id(plan, 0), tuple(sources))
    match wanted.ground:
        case Ground.URLS:
            return read_lists(kit, plan, wanted, owners)
        case Ground.WARC:
            return measure_files(kit, plan, wanted)
        case Ground.CCNEWS:
            return list_crawl(kit, plan, wanted)
        case Ground.SITEMAPS | Ground.FEEDS:
            return Found(walk(kit, group, wanted))
        case Ground.WAYBACK:
            return Found(list_mementos(kit, group, wanted))


def _pages(kit: Kit, job: Job, chunk: Chunk, sources: Sequence[Source], owners: Owners) -> Batch[Capture]:
    if chunk.file:
        return collect(kit, job.wanted, chunk, owners)
    assert chunk.source is not None
    links = chunk.link_list()
    met = known_urls(kit.warehouse, {(link.source, link.url) for link in links})[chunk.source]
    done = {url for url, known in met.items() if job.planned_at and known.last_at >= job.planned_at}
    left = tuple(link for link in links if link.url not in done)
    own = next((source for source in sources if source.slug == chunk.source), None)
    group = Group(chunk.batch_id, (own or paced(kit, stand_in(chunk.source, links[0].url)),))
    batch = Batch[Link](batch_id=chunk.batch_id, run_id=kit.run_id, kept=left)
    return (recover if job.wanted.ground is Ground.WAYBACK else fetch)(kit, group, batch)


def _is_of_file(outcome: Outcome) -> bool:
    return outcome.reason is Reason.BAD_RECORD
