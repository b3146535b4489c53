"""Renders the status as Prometheus metrics (text exposition format 0.0.4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from schemas.runs.status import RunLine, Status

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class _Sample(NamedTuple):
    labels: Mapping[str, str]
    value: float


def render_metrics(status: Status) -> str:
    """All metrics, each a gauge, from the reader file and the hot state; times are epoch seconds."""
    totals = status.totals.model_dump().items()
    families = [
        *(_family(name, "Rows of the warehouse, or URLs.", [_Sample({}, count)]) for name, count in totals),
        _family("snapshot_time_seconds", "When the reader file was written.", _snapshot(status)),
        *_of_runs(status),
        *_of_sources(status),
        _family("open_findings", "Findings that are open.", _counted_findings(status)),
    ]
    return "".join(families)


def _snapshot(status: Status) -> list[_Sample]:
    return [_Sample({}, _at(status.snapshot_at))] if status.snapshot_at else []


def _of_runs(status: Status) -> Iterable[str]:
    under_way = Counter((life.flow, life.state) for life in status.under_way)
    samples = [_Sample({"flow": flow, "state": state}, count) for (flow, state), count in sorted(under_way.items())]
    yield _family(
        "runs_under_way", "Runs that have begun and have not ended; the process of a crashed one is gone.", samples
    )
    last: dict[str, RunLine] = {}
    for run in status.runs:
        last.setdefault(run.flow, run)
    labelled = [({"flow": run.flow, "state": run.state.value}, run) for run in last.values()]
    started = [_Sample(labels, _at(run.started_at)) for labels, run in labelled]
    yield _family("last_run_start_time_seconds", "Start of the flow's last run.", started)
    for name, meaning in (("seconds", "Seconds that the last run took."), ("urls", "URLs of the last run.")):
        yield _family(f"last_run_{name}", meaning, [_Sample(labels, getattr(run, name)) for labels, run in labelled])
    for name in ("loaded", "changed", "rejected"):
        yield _family(
            f"last_run_{name}",
            f"URLs {name} by the last run.",
            [_Sample(lab, getattr(r, name)) for lab, r in labelled],
        )


def _of_sources(status: Status) -> Iterable[str]:
    for name, meaning in (
        ("feeds_ok", "Feeds that answered their last poll."),
        ("feeds_failing", "Feeds whose last poll failed."),
        ("articles", "Articles."),
        ("articles_24h", "Articles first loaded within 24 hours."),
    ):
        samples = [_Sample({"source": line.source}, getattr(line, name)) for line in status.sources]
        yield _family(f"source_{name}", meaning, samples)
    answered = [
        _Sample({"source": line.source}, _at(line.last_feed_ok_at))
        for line in status.sources
        if line.last_feed_ok_at is not None
    ]
    yield _family("source_last_answer_time_seconds", "When a feed of the source last answered.", answered)


def _counted_findings(status: Status) -> list[_Sample]:
    counts = Counter((finding.severity.value, finding.code) for finding in status.findings)
    return [_Sample({"severity": severity, "code": code}, n) for (severity, code), n in sorted(counts.items())]


def _family(name: str, meaning: str, samples: Sequence[_Sample]) -> str:
    """HELP, TYPE and one line for each sample; HELP and TYPE also without samples."""
    full = f"newsdesk_{name}"
    lines = [f"# HELP {full} {meaning}", f"# TYPE {full} gauge"]
    lines += [f"{full}{_labels(sample.labels)} {sample.value:.15g}" for sample in samples]
    return "\n".join(lines) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items()) + "}"


def _at(moment: datetime) -> float:
    return round(moment.timestamp(), 3)
