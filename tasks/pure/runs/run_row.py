"""Makes the row of ops.runs that sums a run up."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from schemas.errors import NewsdeskError
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Stage
from schemas.runs.batch import Loaded
from schemas.runs.run import Run, RunState, StageCount
from schemas.sources.source import Source

ANSWERED = frozenset({Reason.OK, Reason.NOT_MODIFIED, Reason.INTERRUPTED})
LISTS = frozenset({UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION})


def run_row(
    run_id: str,
    flow: str,
    runner: str,
    started_at: datetime,
    finished_at: datetime,
    sources: Sequence[Source],
    loaded: Sequence[Loaded],
    state: RunState | None,
    errors: Sequence[NewsdeskError],
    left_out: Sequence[str] = (),
) -> Run:
    """The run's row. `state` None: COMPLETED, or SOURCES_FAILED where a source did not answer, or was left out
    because its file is wrong (`left_out`, slugs)."""
    failed = tuple(sorted({*silent_sources(sources, loaded), *left_out}))
    return Run(
        run_id=run_id,
        flow=flow,
        runner=runner,
        started_at=started_at,
        finished_at=max(started_at, finished_at),
        state=state or (RunState.SOURCES_FAILED if failed else RunState.COMPLETED),
        sources=len(sources) + len(left_out),
        sources_failed=failed,
        urls=sum(len(batch.outcomes) for batch in loaded),
        stages=stage_counts(loaded),
        error="; ".join(str(error) for error in errors) or None,
    )


def broken_state(error: BaseException) -> RunState:
    """The state of a run that ended by this error: FAILED, or INTERRUPTED by a signal."""
    return RunState.FAILED if isinstance(error, Exception) else RunState.INTERRUPTED


def broken_error(error: BaseException) -> NewsdeskError:
    """The error for the run's row; for a signal, with the message that Prefect uses."""
    if isinstance(error, NewsdeskError):
        return error
    if isinstance(error, Exception):
        return NewsdeskError(f"{type(error).__name__}: {error}")
    return NewsdeskError("Execution was aborted by a termination signal.")


def silent_sources(sources: Sequence[Source], loaded: Sequence[Loaded]) -> tuple[str, ...]:
    """Slugs of the polled sources without any readable feed, sitemap or section. A source without a feed that was due
    was not polled. A muted source is not told."""
    polls = [outcome for batch in loaded for outcome in batch.outcomes if outcome.kind in LISTS]
    asked = {outcome.source for outcome in polls}
    answered = {outcome.source for outcome in polls if outcome.reason in ANSWERED}
    return tuple(source.slug for source in sources if source.slug in asked - answered and not source.muted)


def stage_counts(loaded: Sequence[Loaded]) -> tuple[StageCount, ...]:
    """Counts of each stage over all batches; seconds are those of the slowest batch."""
    by_stage: dict[Stage, list[StageCount]] = defaultdict(list)
    for batch in loaded:
        for count in batch.counts:
            by_stage[count.stage].append(count)
    return tuple(
        StageCount(
            stage=stage,
            taken=sum(count.taken for count in by_stage[stage]),
            kept=sum(count.kept for count in by_stage[stage]),
            dropped=sum(count.dropped for count in by_stage[stage]),
            seconds=max(count.seconds for count in by_stage[stage]),
        )
        for stage in Stage
        if by_stage[stage]
    )
