"""Rebuild: fills an empty warehouse from the archive alone, or loads the captures that a warehouse lacks."""

from collections.abc import Sequence, Set

from flows.running.choose import flow
from flows.running.protocol import Promise, Ready, Runner
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
from tasks.upkeep.corrections import recall_corrections
from tasks.upkeep.forget.sweep import recall
from tasks.upkeep.read_batch_back import Part, parts_of, read_batch_back
from warehouse.lookups.captures import is_empty


@flow
def rebuild() -> RunReport:
    """Load every capture of the archive into the empty warehouse. Settings come from `NEWSDESK_*`.

    Raises `RefusedError` if the warehouse is not empty.
    """
    return run_flow("rebuild", stages, [])


def stages(runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """A step for each batch of the archive, one after the other in the order of fetching: the numbers of an
    article's versions follow it."""
    if not is_empty(kit.warehouse):
        raise RefusedError(
            f"the warehouse {kit.warehouse.address.name!r} is not empty; move it away, or set NEWSDESK_WAREHOUSE"
        )
    recall(kit.warehouse, kit.archive)  # What was forgotten is not loaded.
    recall_corrections(kit.warehouse, kit.archive)  # What a person parted stays parted.
    sources = [source for group in groups for source in group.sources]
    return _in_order(runner, kit, parts_of(kit.archive), sources)


def recover(files: Set[str], runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """Load the captures of these segments that the warehouse lacks: runs fetched them, and died before the load."""
    sources = [source for group in groups for source in group.sources]
    parts = [part.again(kit.run_id) for part in parts_of(kit.archive) if files & set(part.names)]
    return _in_order(runner, kit, parts, sources)


def _in_order(runner: Runner, kit: Kit, parts: Sequence[Part], sources: Sequence[Source]) -> list[Promise[Loaded]]:
    """A step for each part, which begins when the part before is loaded; after one that fails, none is loaded."""
    loaded: list[Promise[Loaded]] = []
    before: Promise[Loaded | None] = Ready(None)
    for part in parts:
        step = runner.submit_after(before, _load_part, kit, part, sources, label=f"{part.run_id} {part.batch}")
        loaded.append(step)
        before = step
    return loaded


def _load_part(kit: Kit, part: Part, sources: Sequence[Source], _before: Loaded | None) -> Loaded:
    its_kit = kit.for_run(part.run_id)
    renamed = {slug: source.slug for source in sources for slug in source.formerly}
    found: Batch[Capture] = read_batch_back(its_kit, part, renamed)
    group = Group(part.batch_id, sources_of(found.kept, sources))
    articles = extract(its_kit, group, found)
    return load(its_kit, validate(articles, {}, kit.now, group.languages))
