"""Findings on the dates of a batch: stated and not read, read and vetoed, or with the weekday of another day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from schemas.items.article import MODIFIED, PUBLISHED, Article
from schemas.items.finding import Finding, Severity
from tasks.pure.dates.read import has_wrong_weekday, is_understood, is_vetoed
from tasks.pure.text.escaping import safe_line

_SHOWN_CHARS = 60
_SAYS = {
    "date_not_understood": "without a date state one that is not understood",
    "date_vetoed": "without a date state one that a second library reads as another",
    "date_weekday_wrong": "state a date with the weekday of another day",
}


def date_findings(articles: Iterable[Article], run_id: str, at: datetime) -> tuple[Finding, ...]:
    """A notice for each source and kind of fault, with the number of its articles and the first such date."""
    raws: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        for code, raw in dict(_faults(article)).items():
            raws[article.source][code].append(raw)
    findings: list[Finding | None] = []
    for source, its in sorted(raws.items()):
        findings.append(_finding("date_not_understood", source, its, run_id, at))
        findings.append(_finding("date_vetoed", source, its, run_id, at))
        findings.append(_finding("date_weekday_wrong", source, its, run_id, at))
    return tuple(finding for finding in findings if finding)


def _finding(code: str, source: str, raws: dict[str, list[str]], run_id: str, at: datetime) -> Finding | None:
    if code not in raws:
        return None
    first = safe_line(raws[code][0][:_SHOWN_CHARS])
    return Finding(
        run_id=run_id,
        source=source,
        code=code,
        severity=Severity.NOTICE,
        message=f"{len(raws[code])} articles of {source!r} {_SAYS[code]}, the first {first!r}: "
        "see `newsdesk explain URL`",
        observed=len(raws[code]),
        at=at,
    )


def _faults(article: Article) -> Iterator[tuple[str, str]]:
    """Code and text of the faulty dates of an article; refused ones only where nothing else dates it."""
    for one in article.evidence:
        if one.field not in (PUBLISHED, MODIFIED):
            continue
        if one.at:
            if has_wrong_weekday(one.raw, article.language):
                yield "date_weekday_wrong", one.raw
        elif one.field == PUBLISHED and article.published_at is None:
            if is_vetoed(one.raw, article.language):
                yield "date_vetoed", one.raw
            elif not is_understood(one.raw, article.language):
                yield "date_not_understood", one.raw
