"""Registers the work pools and the automations of automations.yaml at the Prefect server, and removes what
prefect.yaml no longer names; can run twice. `prefect deploy` comes after it."""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

from flows.deploy.deployments import all_deployments
from flows.deploy.remove_unnamed import remove_unnamed
from tasks.machine.services import POOLS

AUTOMATIONS = Path(__file__).with_name("automations.yaml")
DEPLOYMENTS = Path(__file__).with_name("prefect.yaml")


async def register(deployments: Path = DEPLOYMENTS) -> list[str]:
    """Existing pools stay as they are; automations are deleted by name first: creating one twice gives two. Our
    deployments and schedules that the file `deployments` does not name are removed; a line for each is returned."""
    async with get_client() as client:
        for pool in POOLS:
            await _make_pool(client, pool)
        removed = await remove_unnamed(client, deployments)
        ids = await _deployment_ids(client)
        for entry in yaml.safe_load(AUTOMATIONS.read_text())["automations"]:
            if (made := with_ids(entry, ids)) is not None:
                await _make_automation(client, made)
        return removed


async def _make_pool(client: PrefectClient, name: str) -> None:
    try:
        await client.read_work_pool(name)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=name, type="process"))


async def _deployment_ids(client: PrefectClient) -> dict[str, str]:
    """The ids of the deployments, by flow and name: `alerts/alerts`."""
    found = await all_deployments(client)
    flows = {each.flow_id: (await client.read_flow(each.flow_id)).name for each in found}
    return {f"{flows[each.flow_id]}/{each.name}": str(each.id) for each in found}


def with_ids(entry: dict[str, Any], ids: Mapping[str, str]) -> dict[str, Any] | None:
    """The automation with the id of each deployment that its actions name; None: one of them is not deployed yet, and
    the next registration makes it."""
    named = [action["deployment"] for action in entry["actions"] if "deployment" in action]
    if any(name not in ids for name in named):
        return None
    actions = [
        {key: value for key, value in action.items() if key != "deployment"}
        | ({"source": "selected", "deployment_id": ids[action["deployment"]]} if "deployment" in action else {})
        for action in entry["actions"]
    ]
    return {**entry, "actions": actions}


async def _make_automation(client: PrefectClient, entry: dict[str, Any]) -> None:
    for existing in await client.read_automations_by_name(entry["name"]):
        await client.delete_automation(existing.id)
    await client.create_automation(AutomationCore.model_validate(entry))


def main(words: list[str]) -> None:
    """`[FILE]`: register at the server that `PREFECT_API_URL` names. The file is the prefect.yaml that is deployed
    afterwards; none: the one of this installation."""
    for line in asyncio.run(register(Path(words[0]) if words else DEPLOYMENTS)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
