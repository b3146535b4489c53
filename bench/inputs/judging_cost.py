"""What judging the health of sources costs of a whole run: CPU time of this process and its children, on the demo."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from flows.ingest import stages
from flows.running.run import run_flow
from schemas.runs.batch import Loaded
from schemas.settings import Settings
from tasks.demo_site.site import Newsroom, sources_path
from tasks.upkeep.judge import judge


class Cost(NamedTuple):
    """CPU seconds of one run, and those of them that went into judging."""

    urls: int
    run_s: float
    judging_s: float


def costs(editions: Sequence[int] = (1, 2, 2)) -> list[Cost]:
    """Polls of the demo's three outlets in one home, one for each edition: the first brings all, the last nothing."""
    with TemporaryDirectory() as home:
        return [_cost(Path(home), edition) for edition in editions]


def _cost(home: Path, edition: int) -> Cost:
    spent: list[float] = []

    def timed(*values: object) -> Loaded | None:
        began = time.process_time()
        judged = judge(*values)  # type: ignore[arg-type]  # as the run calls it
        spent.append(time.process_time() - began)
        return judged

    opened_at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with Newsroom(opened_at, edition) as newsroom, patch("flows.running.run.judge", timed):
        settings = Settings(
            home=home,
            sources=sources_path(),
            hosts=tuple(newsroom.hosts.split(",")),
            allow_addresses=(newsroom.allow,),
            pace_floor_s=0.0,
            runner="direct",
        )
        began = _cpu()
        report = run_flow("ingest", stages, [], settings, poll_all=True)
        return Cost(report.run.urls, _cpu() - began, spent[0])


def _cpu() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def show_costs(found: Sequence[Cost]) -> None:
    """Print the table."""
    print(f"{'URLs':>6}{'run, CPU s':>12}{'judging':>9}{'share':>8}")
    for cost in found:
        print(f"{cost.urls:>6}{cost.run_s:>12.2f}{cost.judging_s:>9.3f}{cost.judging_s / cost.run_s:>8.1%}")
