"""Rebuild: an empty warehouse made again from the archive alone, or what a warehouse lacks of it."""

from collections.abc import Sequence, Set

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.errors import RefusedError
from schemas.items.capture import Capture
from schemas.runs.batch import Batch, Loaded
from schemas.runs.report import RunReport
from schemas.sources.source import Source
from tasks.ingest.extract import extract
from tasks.ingest.load import load
from tasks.ingest.validate import validate
from tasks.pure.sources.placeholder_source import sources_of
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.upkeep.read_batch_back import Part, parts_of, read_batch_back
from warehouse.lookups.captures import is_empty


@flow
def rebuild() -> RunReport:
    """Load every capture of the archive into the empty warehouse. Settings come from `NEWSDESK_*`.

    Raises `RefusedError` where the warehouse is not empty.
    """
    return run_flow("rebuild", stages, [])


def stages(runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """One batch after the other, in the order in which they were fetched: what an article's versions are
    hangs on it."""
    if not is_empty(kit.warehouse):
        raise RefusedError(
            f"the warehouse {kit.warehouse.address.name!r} is not empty; move it away, or set NEWSDESK_WAREHOUSE"
        )
    sources = [source for group in groups for source in group.sources]
    loaded: list[Promise[Loaded]] = []
    for part in parts_of(kit.archive):
        before = loaded[-1] if loaded else None
        loaded.append(runner.submit(_load_part, kit, part, sources, before, label=f"{part.run_id} {part.batch}"))
    return loaded


def recover(files: Set[str], runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """Load what these segments hold and the warehouse lacks: what runs had fetched, and did not live to load."""
    sources = [source for group in groups for source in group.sources]
    parts = [part for part in parts_of(kit.archive) if files & set(part.names)]
    loaded: list[Promise[Loaded]] = []
    for part in parts:
        before = loaded[-1] if loaded else None
        again = part.again(kit.run_id)
        loaded.append(runner.submit(_load_part, kit, again, sources, before, label=f"{part.run_id} {part.batch}"))
    return loaded


def _load_part(kit: Kit, part: Part, sources: Sequence[Source], _before: Loaded | None) -> Loaded:
    its_kit = kit.for_run(part.run_id)
    found: Batch[Capture] = read_batch_back(its_kit, part)
    group = Group(part.batch_id, sources_of(found.kept, sources))
    articles = extract(its_kit, group, found)
    return load(its_kit, validate(articles, {}, kit.now, group.languages))
