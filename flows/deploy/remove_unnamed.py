"""Removes from a Prefect server the deployments and schedules of ours that prefect.yaml no longer names.

`prefect deploy` adds and changes, and never removes: a deployment that was renamed or taken out of the file would run
on, and a schedule whose slug was changed would run twice. So `flows.deploy.register` does this before it.
"""

from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.responses import DeploymentResponse

from flows.deploy.deployments import all_deployments
from tasks.machine.services import POOLS

ENTRYPOINTS = "flows."
"""How the entrypoint of a deployment of ours begins."""
TAG = "newsdesk"
"""Every deployment of prefect.yaml has it."""
Slugs = frozenset[str]


def named(file: Path) -> dict[tuple[str, str], Slugs]:
    """The slugs of the schedules of each deployment that the file names, by flow and name."""
    entries: list[dict[str, Any]] = yaml.safe_load(file.read_text())["deployments"]
    return {
        (entry["entrypoint"].rpartition(".")[2], entry["name"]): frozenset(
            each["slug"] for each in entry.get("schedules") or ()
        )
        for entry in entries
    }


def is_ours(deployment: DeploymentResponse) -> bool:
    """Whether prefect.yaml, this one or an earlier one, made the deployment. One that a person made for another pool,
    or without our tag, is left alone."""
    is_flow = (deployment.entrypoint or "").startswith(ENTRYPOINTS)
    return is_flow and TAG in deployment.tags and deployment.work_pool_name in (*POOLS, None)


async def remove_unnamed(client: PrefectClient, file: Path) -> list[str]:
    """Delete our deployments that the file does not name and, at those that it names, the schedules that it does not.
    The server deletes runs of these that have not begun. Returns a line for each removal; a second call removes
    nothing."""
    wanted = named(file)
    removed = []
    for deployment in filter(is_ours, await all_deployments(client)):
        flow = (await client.read_flow(deployment.flow_id)).name
        name = f"{flow}/{deployment.name}"
        if (flow, deployment.name) in wanted:
            removed += await _remove_schedules(client, deployment, name, wanted[flow, deployment.name])
        else:
            await client.delete_deployment(deployment.id)
            removed.append(f"removed the deployment {name}: {file.name} does not name it")
    return removed


async def _remove_schedules(
    client: PrefectClient, deployment: DeploymentResponse, name: str, slugs: Slugs
) -> list[str]:
    removed = []
    for schedule in deployment.schedules:
        if schedule.slug not in slugs:
            await client.delete_deployment_schedule(deployment.id, schedule.id)
            label = schedule.slug or "without a slug"
            removed.append(f"removed the schedule {label} of {name}: the file does not name it")
    return removed
