"""Findings of the source files: those that are wrong, and those that are not read."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from schemas.items.finding import Finding, Severity
from schemas.sources.source_fault import SourceFault

if TYPE_CHECKING:
    from schemas.items.article import Article
    from schemas.runs.batch import Batch

FILE_CODES = frozenset({"source_file_wrong", "source_file_ignored"})


def file_findings(faults: Iterable[SourceFault], run_id: str, now: datetime) -> tuple[Finding, ...]:
    """One finding for each file. A wrong file is a warning: its source is not polled until somebody corrects it."""
    return tuple(
        Finding(
            run_id=run_id,
            source=fault.slug,
            code="source_file_ignored" if fault.is_ignored else "source_file_wrong",
            severity=Severity.NOTICE if fault.is_ignored else Severity.WARNING,
            message=fault.message,
            at=now,
        )
        for fault in faults
    )


def file_batch(faults: Iterable[SourceFault], run_id: str, now: datetime) -> "Batch[Article]":
    """A batch that holds these findings only; its id depends on the run, so a retried load writes it once."""
    from schemas.runs.batch import Batch, BatchLedger  # Here: commands that only read need none.

    ledger = BatchLedger(findings=file_findings(faults, run_id, now))
    return Batch(batch_id=uuid5(NAMESPACE_URL, f"newsdesk:{run_id}:source files"), run_id=run_id, ledger=ledger)
