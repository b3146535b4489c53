"""Plans a backfill: turns lists, files or months of a news crawl into links or byte ranges, and stores the chunks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol
from uuid import UUID

from schemas.errors import NewsdeskError, UsageError
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage, end_of
from schemas.runs.backfill_plan import (
    Backfill,
    BackfillOptions,
    BackfillOrigin,
    BackfillStatus,
    Chunk,
    Estimate,
    PlanState,
    batch_id,
)
from schemas.runs.batch import Batch, BatchLedger
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.foreign import size_of, url_of
from tasks.pure.backfill.ccnews_lists import read_crawl_list
from tasks.pure.backfill.chunks import Owners, faults, file_chunks, link_chunks, month_of
from tasks.pure.backfill.estimates import estimated
from tasks.pure.backfill.url_lists import UnusableLine, read_url_list
from tasks.pure.polling.revisits import forms_of, of_same_form
from tasks.pure.sources.placeholder_source import stand_in
from tasks.run.groups import Group, at_backfill_pace
from tasks.run.kit_parts import ForeignKit, LedgerKit, RunKit, SettingsKit, WarehouseKit, WebKit
from warehouse.database.connection import Warehouse
from warehouse.lookups.backfill_plans import (
    backfills,
    capture_times,
    close_plan,
    mean_body_bytes,
    pages_of_files,
    store_plan,
)
from warehouse.lookups.known_urls import known_urls

STRANGER = Refusal(reason=Reason.FOREIGN_HOST, detail="no source has this host; --any-host takes it")


class PlanKit(ForeignKit, LedgerKit, RunKit, SettingsKit, WarehouseKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


class PlanContents(NamedTuple):
    """The links (in `batch`) or the files with their sizes (bytes) that a plan covers; `batch` also has the outcomes
    and requests of finding them."""

    batch: Batch[Link]
    files: tuple[tuple[str, int], ...] = ()


def read_lists(kit: PlanKit, plan: UUID, wanted: BackfillOptions, owners: Owners) -> PlanContents:
    """The URLs of the lists, each once. A line without a URL becomes an outcome with its line number; a URL of a host
    without a source becomes an outcome too. URLs with a date outside the wanted time are skipped."""
    links: dict[str, Link] = {}
    outcomes: list[Outcome] = []
    for name in wanted.inputs:
        for each in read_url_list(_lines(Path(name))):
            link = _line_link(kit, wanted, name, each)
            slug = None if isinstance(each, UnusableLine) else owners.slug(each.url)
            if slug is None:
                refusal = each.refusal if isinstance(each, UnusableLine) else STRANGER
                outcomes.append(end_of(link, kit.run_id, Stage.DISCOVER, refusal, kit.at()))
            elif wanted.covers(link.entry.modified.at if link.entry.modified else None):
                links.setdefault(link.url, link.model_copy(update={"source": slug}))
    return PlanContents(_batch(kit, plan, links.values(), outcomes))


def measure_files(kit: PlanKit, plan: UUID, wanted: BackfillOptions) -> PlanContents:
    """The given files with their sizes; an unreadable file becomes an outcome."""
    return PlanContents(*_measured(kit, plan, wanted, [url_of(name) for name in wanted.inputs], ()))


def list_crawl(kit: PlanKit, plan: UUID, wanted: BackfillOptions) -> PlanContents:
    """The files of a news crawl whose names have a wanted day, from the crawl's listing of each month."""
    if wanted.since is None:
        raise UsageError("a backfill from ccnews needs --since: the crawl begins in 2016 and grows by 1 GB an hour")
    base, client, source = kit.settings.ccnews, kit.polite_client(), stand_in("ccnews", kit.settings.ccnews)
    outcomes: list[Outcome] = []
    names: list[str] = []
    for year, month in _months(wanted.since, wanted.until or kit.at()):
        url = f"{base}/crawl-data/CC-NEWS/{year}/{month:02}/warc.paths.gz"
        exchange, attempts = client.get(source, url, UrlKind.SITEMAP)
        said = Refusal(reason=exchange.reason, detail=exchange.detail)
        listed = read_crawl_list(exchange.body, wanted) if exchange.reason is Reason.OK else said
        verdict = listed if isinstance(listed, Refusal) else Refusal(reason=Reason.OK)
        link = kit.own_link(source, url, UrlKind.SITEMAP)
        outcomes.append(kit.end(link, Stage.DISCOVER, verdict, exchange, attempts))
        names += [] if isinstance(listed, Refusal) else listed
    batch, files = _measured(kit, plan, wanted, [f"{base}/{name}" for name in names], outcomes)
    ledger = batch.ledger + BatchLedger(requests=client.requests())
    return PlanContents(batch.model_copy(update={"ledger": ledger}), files)


def without_known(kit: PlanKit, links: Sequence[Link]) -> tuple[list[Link], int]:
    """The links whose URL has no article yet, and how many have one."""
    found = known_urls(kit.warehouse, forms_of(links))
    known = {source: of_same_form(its) for source, its in found.items()}
    fresh = [link for link in links if not ((met := known.get(link.source, {}).get(link.url)) and met.article_id)]
    return fresh, len(links) - len(fresh)


def without_known_months(kit: PlanKit, links: Sequence[Link]) -> tuple[list[Link], int]:
    """Of links to old captures (one for each URL and month): those of months without a capture of the URL in the
    warehouse, and how many have one. An article of today does not replace what its page said in another year."""
    times = capture_times(kit.warehouse, forms_of(links))
    known = {(source, url, at.astimezone(UTC).strftime("%Y-%m")) for source, url, at in times}
    fresh = [link for link in links if (link.source, link.url, month_of(link)) not in known]
    return fresh, len(links) - len(fresh)


def cut_into_chunks(
    kit: PlanKit, plan: UUID, wanted: BackfillOptions, found: PlanContents, sources: Sequence[Source], is_dry: bool
) -> Estimate:
    """Cut links and files into chunks, store them unless it is a dry run, and estimate the work."""
    is_past = wanted.ground is BackfillOrigin.WAYBACK
    links, known = (without_known_months if is_past else without_known)(kit, found.batch.kept)
    read, read_at = pages_of_files(kit.warehouse, {file for file, _ in found.files})
    chunks = [*link_chunks(plan, links), *file_chunks(plan, found.files, kit.settings.chunk_bytes)]
    pace_s = max((source.pace_s for source in sources), default=kit.settings.backfill_pace_s)
    if chunks and not is_dry:
        words = wanted.model_dump_json()
        row = Backfill(plan_id=plan, wanted=words, state=PlanState.PLANNED, at=kit.at(), run_id=kit.run_id)
        store_plan(kit.warehouse, row, chunks)
    its = estimated(chunks, links, pace_s, mean_body_bytes(kit.warehouse), known + read, faults(found.batch.dropped))
    return its.model_copy(update={"known_until": read_at})


def unfinished_plan(kit: PlanKit, wanted: BackfillOptions) -> BackfillStatus | None:
    """The latest backfill with the same options that is not finished; None: there is none."""
    same = (each for each in backfills(kit.warehouse) if each.wanted == wanted.model_dump_json())
    return next((each for each in same if each.state is PlanState.PLANNED), None)


def chunks_of_plan(kit: PlanKit, plan: UUID) -> tuple[int, int]:
    """The number of chunks of the plan, and how many of them are not loaded; zeros for a plan without a chunk."""
    its = [each for each in backfills(kit.warehouse) if each.plan_id == plan]
    return sum(each.chunks for each in its), sum(each.chunks - each.done for each in its)


def end_plan(settings: Settings, plan: UUID, at: datetime) -> None:
    """Mark the plan as done if every chunk of it is loaded. `at`: end (UTC) of the run that loaded the last chunk."""
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        for each in backfills(warehouse):
            if each.plan_id == plan and each.state is PlanState.PLANNED and each.done == each.chunks:
                close_plan(warehouse, each, at)


def links_to_fetch(
    kit: PlanKit, chunk: Chunk, sources: Sequence[Source], planned_at: datetime | None
) -> tuple[Group, Batch[Link]]:
    """The chunk's links without a request since `planned_at` (None: all links), and a group of their source."""
    assert chunk.source is not None
    links = chunk.link_list()
    met = known_urls(kit.warehouse, forms_of(links))[chunk.source]
    done = {known.url for known in met.values() if planned_at and known.last_at >= planned_at}
    own = next((source for source in sources if source.slug == chunk.source), None)
    own = own or at_backfill_pace(stand_in(chunk.source, links[0].url), kit.settings.backfill_pace_s)
    left = tuple(link for link in links if link.url not in done)
    return Group(chunk.batch_id, (own,)), Batch(batch_id=chunk.batch_id, run_id=kit.run_id, kept=left)


def _measured(
    kit: PlanKit, plan: UUID, wanted: BackfillOptions, urls: Iterable[str], before: Iterable[Outcome]
) -> tuple[Batch[Link], tuple[tuple[str, int], ...]]:
    files: list[tuple[str, int]] = []
    outcomes = list(before)
    for url in dict.fromkeys(urls):
        try:
            files.append((url, size_of(url, kit.foreign_client.range_of)))
        except NewsdeskError as error:
            link = Link(url=url, source=wanted.ground.value, found_in="command", found_at=kit.at())
            refusal = Refusal(reason=Reason.BAD_RECORD, detail=str(error)[:300])
            outcomes.append(end_of(link, kit.run_id, Stage.DISCOVER, refusal, kit.at()))
    batch = _batch(kit, plan, (), outcomes)
    return batch.model_copy(update={"ledger": BatchLedger(requests=kit.foreign_client.requests())}), tuple(files)


def _batch(kit: PlanKit, plan: UUID, links: Iterable[Link], outcomes: Iterable[Outcome]) -> Batch[Link]:
    return Batch(batch_id=batch_id(plan, 0), run_id=kit.run_id, kept=tuple(links), dropped=tuple(outcomes))


def _line_link(kit: PlanKit, wanted: BackfillOptions, name: str, each: object) -> Link:
    line = getattr(each, "line", 0)
    url = getattr(each, "url", f"{name}#{line}")
    facts = EntryFacts(modified=getattr(each, "date", None))
    return Link(url=url, source=wanted.ground.value, found_in=f"list:{name}", found_at=kit.at(), entry=facts)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError as error:
        raise UsageError(f"cannot read the list {str(path)!r}: {error.strerror}") from error


def _months(since: datetime, until: datetime) -> Iterator[tuple[int, int]]:
    at = since.astimezone(UTC)
    place, last = at.year * 12 + at.month - 1, until.year * 12 + until.month - 1
    for month in range(place, last + 1):
        yield month // 12, month % 12 + 1
