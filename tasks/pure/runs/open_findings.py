"""The findings that are open: the same for `newsdesk status`, `newsdesk health` and `newsdesk metrics`."""

from collections.abc import Sequence
from datetime import datetime

from schemas.items.finding import Finding, Severity
from schemas.runs.status import Status
from schemas.sources.source import Source
from schemas.sources.source_fault import SourceFault
from tasks.pure.runs.file_batch import FILE_CODES, file_findings
from tasks.pure.sources.health import HEALTH_CODES, all_findings


def open_findings(
    sources: Sequence[Source], faults: Sequence[SourceFault], recorded: Status, now: datetime
) -> tuple[Finding, ...]:
    """The findings that are open, warnings first, then by source: those that runs recorded, except that the source
    files and the sources' health are judged anew, from `sources`, `faults` and the lines of `recorded`. A finding of
    health bears the time of the last outcome of its source, and one of a file `now` (UTC). During the first run
    no health is judged."""
    seen_at = {line.source: line.last_at for line in recorded.sources}
    health = (
        finding.model_copy(update={"at": seen_at.get(finding.source or "", now)})
        for finding in all_findings(sources if recorded.snapshot_at else [], recorded.sources, "now", now)
    )
    judged = (*file_findings(faults, "now", now), *health)
    kept = (finding for finding in recorded.findings if finding.code not in FILE_CODES | HEALTH_CODES)
    return tuple(sorted((*judged, *kept), key=_warnings_first))


def _warnings_first(finding: Finding) -> tuple[bool, str, str]:
    return (finding.severity is not Severity.WARNING, finding.source or "", finding.code)
