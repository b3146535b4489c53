"""Quarantine: takes captures whose records broke a rule through extraction, checks and load again."""

from collections.abc import Sequence
from uuid import UUID

from flows.running.protocol import Promise, Runner
from schemas.items.capture import Capture
from schemas.runs.batch import Loaded
from tasks.ingest.extract import extract
from tasks.ingest.load import load
from tasks.ingest.validate import validate
from tasks.pure.sources.placeholder_source import sources_of
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.upkeep.replay import batch_id, batch_of, chunks_of
from warehouse.lookups.replayable import captures_of


def stages(captures: Sequence[UUID], runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """A step for each chunk of these captures. Nothing is fetched. A record that breaks a rule again is a further
    row of ops.quarantine, with this run's id; the earlier rows stay as they are."""
    sources = [source for group in groups for source in group.sources]
    chunks = chunks_of(captures_of(kit.warehouse, captures))
    return [
        runner.submit(
            again, kit, Group(batch_id(kit.run_id, "sources"), sources_of(chunk, sources)), chunk, number, label="all"
        )
        for number, chunk in enumerate(chunks)
    ]


def again(kit: Kit, group: Group, chunk: Sequence[Capture], number: int) -> Loaded:
    """One chunk, extracted, checked and loaded."""
    articles = extract(kit, group, batch_of(kit.run_id, chunk, str(number)))
    return load(kit, validate(articles, group.bands, kit.now, group.languages).without_findings_of(group.muted))
