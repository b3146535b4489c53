"""Renders the status as Prometheus metrics (text exposition format 0.0.4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, get_args

from schemas.runs.lease import Life
from schemas.runs.run import RunState
from schemas.runs.status import RunLine, Status
from schemas.sources.health import Health

_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


class _Sample(NamedTuple):
    labels: Mapping[str, str]
    value: float


_TOTALS = {
    "sources": "Sources that any run took up.",
    "articles": "Articles of the warehouse.",
    "versions": "Versions of articles of the warehouse.",
    "captures": "Responses in the archive.",
    "outcomes": "Outcomes of URLs in the ledger.",
    "quarantined": "Records that broke a rule and were put aside.",
    "unaccounted_urls": "URLs that the ledger does not account for; 0 when all is well.",
    "politeness_breaches": "Requests that came sooner than the pace of their domain; 0 when all is well.",
}


def render_metrics(status: Status) -> str:
    """All metrics, each a gauge, from the reader file and the hot state; times are epoch seconds. A state is a label
    of a series for each possible state, of which one is 1 and the others are 0: a series neither begins nor ends
    with a state."""
    totals = status.totals.model_dump()
    families = [
        *(_family(name, meaning, [_Sample({}, totals[name])]) for name, meaning in _TOTALS.items()),
        _family("snapshot_time_seconds", "When the reader file was written.", _snapshot(status)),
        _family("last_backup_time_seconds", "Start of the last backup of this home.", _backed_up(status)),
        *_of_runs(status),
        *_of_sources(status),
        _family("open_findings", "Findings that are open.", _counted_findings(status)),
    ]
    return "".join(families)


def _snapshot(status: Status) -> list[_Sample]:
    return [_Sample({}, _at(status.snapshot_at))] if status.snapshot_at else []


def _backed_up(status: Status) -> list[_Sample]:
    return [_Sample({}, _at(status.last_backup.made_at))] if status.last_backup else []


def _of_runs(status: Status) -> Iterable[str]:
    last: dict[str, RunLine] = {}
    for run in status.runs:
        last.setdefault(run.flow, run)
    yield _family(
        "runs_under_way",
        "Runs that have begun and have not ended, by state; the process of a crashed one is gone.",
        _counted_lives(status, last),
    )
    states = [
        _Sample({"flow": flow, "state": state.value}, run.state is state)
        for flow, run in last.items()
        for state in RunState
    ]
    yield _family("last_run_state", "1: the flow's last run ended so; 0: it did not.", states)
    started = [_Sample({"flow": flow}, _at(run.started_at)) for flow, run in last.items()]
    yield _family("last_run_start_time_seconds", "Start of the flow's last run.", started)
    for name, meaning in (
        ("seconds", "Seconds that the last run took."),
        ("urls", "URLs of the last run."),
        ("loaded", "URLs loaded by the last run."),
        ("changed", "URLs changed by the last run."),
        ("rejected", "URLs rejected by the last run."),
    ):
        samples = [_Sample({"flow": flow}, getattr(run, name)) for flow, run in last.items()]
        yield _family(f"last_run_{name}", meaning, samples)


def _counted_lives(status: Status, last: Iterable[str]) -> list[_Sample]:
    """A count for each state of each flow that ran or runs, also where it is 0."""
    counts = Counter((life.flow, life.state) for life in status.under_way)
    flows = sorted({*last, *(life.flow for life in status.under_way)})
    return [
        _Sample({"flow": flow, "state": state}, counts[flow, state])
        for flow in flows
        for state in get_args(Life.model_fields["state"].annotation)
    ]


def _of_sources(status: Status) -> Iterable[str]:
    for name, meaning in (
        ("feeds_ok", "Feeds that answered their last poll."),
        ("feeds_failing", "Feeds whose last poll failed."),
        ("articles", "Articles of the source."),
        ("articles_24h", "Articles of the source that were first loaded within 24 hours."),
    ):
        samples = [_Sample({"source": line.source}, getattr(line, name)) for line in status.sources]
        yield _family(f"source_{name}", meaning, samples)
    states = [
        _Sample({"source": line.source, "state": state.value}, line.health is state)
        for line in status.sources
        for state in Health
    ]
    yield _family("source_health", "1: the health of the source is this state; 0: it is another.", states)
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
