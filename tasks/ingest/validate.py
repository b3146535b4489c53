"""Validates articles: those that break a rule are quarantined with its name, the others go on to the load."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from pydantic import BaseModel

from schemas.items.article import Article
from schemas.items.capture import Capture, end_of_capture
from schemas.items.finding import Finding
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.quality.rules import NO_COLUMNS, BatchCheck, Fault, checked
from schemas.runs.batch import Batch, BatchLedger, pass_on
from schemas.runs.ledger import Quarantined
from schemas.sources.source import Expect


def validate(
    batch: Batch[Article],
    bands: Mapping[str, Expect],
    at: datetime,
    languages: Mapping[str, str] = MappingProxyType({}),
    clock: Callable[[], float] = time.monotonic,
) -> Batch[Article]:
    """Keep the articles that break no rule; the others become outcomes `rule_broken` and quarantined records.

    `bands` and `languages` (BCP 47) are by slug of the source. `at` is the run's time, `clock` counts the
    seconds of the stage. Every article's capture must lie in the batch's ledger (`KeyError` otherwise).
    """
    begun = clock()
    verdicts = [checked(article) for article in batch.kept]
    rows = [its if isinstance(its, Article) else raw for raw, its in zip(batch.kept, verdicts, strict=True)]
    batch_check = _check_batch(rows, bands, batch.run_id, at, languages)
    captures = {capture.capture_id: capture for capture in batch.ledger.captures}
    kept: list[Article] = []
    dropped: list[Outcome] = []
    quarantined: list[Quarantined] = []
    for row, (article, verdict) in enumerate(zip(batch.kept, verdicts, strict=True)):
        faults = _merged(() if isinstance(verdict, Article) else verdict, batch_check.row_faults.get(row, ()))
        if isinstance(verdict, Article) and not faults:
            kept.append(verdict)
            continue
        capture = captures[article.capture_id]
        refusal = Refusal(reason=Reason.RULE_BROKEN, detail=", ".join(fault.code for fault in faults))
        dropped.append(end_of_capture(capture, batch.run_id, Stage.VALIDATE, refusal, at))
        quarantined.append(_quarantined(article, capture, faults, batch.run_id, at))
    judgements = (batch_check.judgement,) if batch_check.judgement else ()
    findings = (*batch_check.findings, *_date_findings(kept, batch.run_id, at))
    ledger = BatchLedger(quarantined=tuple(quarantined), findings=findings, judgements=judgements)
    return pass_on(batch, tuple(kept), tuple(dropped), ledger, Stage.VALIDATE, clock() - begun)


def _date_findings(kept: Sequence[Article], run_id: str, at: datetime) -> Sequence[Finding]:
    if not kept:
        return ()
    from tasks.pure.dates.findings import date_findings  # Here: what reads dates is 0.1 s of imports.

    return date_findings(kept, run_id, at)


def _check_batch(
    rows: Sequence[Article], bands: Mapping[str, Expect], run_id: str, at: datetime, languages: Mapping[str, str]
) -> BatchCheck:
    if not rows:
        return BatchCheck()
    # Imported here: it costs 3.7 CPU-s (docs/explanation/prefect.md), and a run in which nothing changed has no rows.
    from schemas.quality.expectations import check_batch

    return check_batch(rows, bands, run_id, at, languages)


def _merged(of_record: Sequence[Fault], of_row: Sequence[Fault]) -> tuple[Fault, ...]:
    """The record's faults, then the batch check's faults about other fields."""
    fields = {fault.code.partition(":")[0] for fault in of_record}
    return (*of_record, *(fault for fault in of_row if fault.code.partition(":")[0] not in fields))


def _quarantined(
    article: Article, capture: Capture, faults: Sequence[Fault], run_id: str, at: datetime
) -> Quarantined:
    return Quarantined(
        run_id=run_id,
        source=capture.link.source,
        url=capture.url,
        capture_id=capture.capture_id,
        rules=tuple(fault.code for fault in faults),
        messages=tuple(fault.message for fault in faults),
        record=_json(article),
        at=at,
    )


def _json(article: Article) -> str:
    """The whole record, with what is no column, as valid JSON: a lone surrogate is written as its escape."""
    record = article.model_dump(warnings=False) | {name: getattr(article, name) for name in NO_COLUMNS}
    text = json.dumps(record, ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "backslashreplace").decode()


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(warnings=False)
    return value.isoformat() if isinstance(value, datetime) else str(value)
