"""Puts the status beside the source files: what was removed, or is not polled, fails no longer."""

from collections.abc import Collection, Sequence

from schemas.runs.status import SourceLine, SourceState, Status
from schemas.sources.health import Health
from schemas.sources.source import Source

_BY_FILE = {
    SourceState.MUTED: Health.MUTED,
    SourceState.NOT_ENABLED: Health.RESTING,
    SourceState.NO_FILE: Health.RESTING,
}
"""The health that a file alone decides, at once: the next run records it."""
_SILENT = frozenset({SourceState.NOT_ENABLED, SourceState.NO_FILE})


def as_configured(status: Status, sources: Sequence[Source], wrong: Collection[str] = ()) -> Status:
    """The status with the state of each source. Findings are those of sources that are polled and not muted; a source
    whose file is wrong (`wrong`, slugs) counts as polled. Unchanged where the files are of none of its sources: they
    belong to another home."""
    states = dict.fromkeys(wrong, SourceState.POLLED) | {source.slug: state_of(source) for source in sources}
    if not any(line.source in states for line in status.sources):
        return status
    lines = tuple(_with_state(line, states.get(line.source, SourceState.NO_FILE)) for line in status.sources)
    quiet = {line.source for line in lines if line.state is not SourceState.POLLED}
    quiet |= {slug for slug, state in states.items() if state is not SourceState.POLLED}
    findings = tuple(finding for finding in status.findings if finding.source not in quiet)
    return status.model_copy(update={"sources": lines, "findings": findings})


def state_of(source: Source) -> SourceState:
    """What its file says of the source."""
    if not source.enabled:
        return SourceState.NOT_ENABLED
    return SourceState.MUTED if source.muted else SourceState.POLLED


def _with_state(line: SourceLine, state: SourceState) -> SourceLine:
    silent = {"feeds_failing": 0, "failing": ()} if state in _SILENT else {}
    by_file = _BY_FILE.get(state)
    said = {"health": by_file} if by_file and line.health is not by_file else {}
    return line.model_copy(update={"state": state, **silent, **said})
