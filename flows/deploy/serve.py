"""Serves the deployments of prefect.yaml from one process, without a work pool or a worker."""

from importlib import import_module
from pathlib import Path
from typing import Any

import prefect
import yaml
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from tasks.machine.services import POOL

FILE = Path(__file__).with_name("prefect.yaml")


def deployment(entry: dict[str, Any]) -> RunnerDeployment:
    """The deployment that an entry of prefect.yaml declares."""
    module, _, name = entry["entrypoint"].rpartition(".")
    made: RunnerDeployment = getattr(import_module(module), name).to_deployment(
        name=entry["name"],
        schedules=[schedule(each) for each in entry.get("schedules") or ()],
        concurrency_limit=ConcurrencyLimitConfig.model_validate(entry["concurrency_limit"]),
        parameters=entry.get("parameters") or {},
        description=entry["description"],
        tags=entry["tags"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return made


def schedule(entry: dict[str, Any]) -> Schedule:
    """The schedule that an entry declares: an interval in seconds or a cron line."""
    rest = {key: entry[key] for key in ("timezone", "slug", "active", "parameters") if key in entry}
    return Interval(entry["interval"], **rest) if "interval" in entry else Cron(entry["cron"], **rest)


def deployments() -> list[RunnerDeployment]:
    """The deployments of the production pool; the staging ones are for workers with another home."""
    entries = yaml.safe_load(FILE.read_text())["deployments"]
    return [deployment(entry) for entry in entries if entry["work_pool"]["name"] == POOL]


def main() -> None:
    """Serve until a signal ends the process."""
    prefect.serve(*deployments())


if __name__ == "__main__":
    main()
