"""Judges the health of each source by its history, and returns the findings as a batch."""

from collections.abc import Sequence
from typing import Protocol

from schemas.items.article import Article
from schemas.items.finding import Finding
from schemas.runs.batch import Batch, BatchLedger
from schemas.sources.source import Source
from schemas.sources.source_fault import SourceFault
from tasks.pure.runs.open_findings import open_findings
from tasks.pure.sources.health import all_findings
from tasks.run.groups import Group
from tasks.run.kit_parts import RunKit, SettingsKit, WarehouseKit
from warehouse.reader.publish import publish_reader
from warehouse.reader.status import status


class HealthKit(RunKit, SettingsKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def health(kit: HealthKit, groups: Sequence[Group]) -> Batch[Article]:
    """A batch that holds findings only, made from the reader file; the file is published first where there is
    none."""
    if not kit.settings.reader_path.exists():
        publish_reader(kit.warehouse, kit.settings.reader_path)
    lines = status(kit.settings.reader_path).sources
    sources = [source for group in groups for source in group.sources]
    findings = all_findings(sources, lines, kit.run_id, kit.now)
    return Batch(batch_id=groups[0].batch_id, run_id=kit.run_id, ledger=BatchLedger(findings=findings))


def open_now(kit: HealthKit, sources: Sequence[Source], faults: Sequence[SourceFault]) -> tuple[Finding, ...]:
    """The findings that `newsdesk health` lists, by the reader file and the source files: those of all runs."""
    return open_findings(sources, faults, status(kit.settings.reader_path), kit.now)
