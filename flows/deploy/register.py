"""Registers the work pools and the automations of automations.yaml at the Prefect server; can run twice."""

import asyncio
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.events.schemas.automations import AutomationCore
from prefect.exceptions import ObjectNotFound

from tasks.machine.services import POOLS

AUTOMATIONS = Path(__file__).with_name("automations.yaml")


async def register() -> None:
    """Existing pools stay as they are; automations are deleted by name first: creating one twice gives two."""
    async with get_client() as client:
        for pool in POOLS:
            await _make_pool(client, pool)
        for entry in yaml.safe_load(AUTOMATIONS.read_text())["automations"]:
            await _make_automation(client, entry)


async def _make_pool(client: PrefectClient, name: str) -> None:
    try:
        await client.read_work_pool(name)
    except ObjectNotFound:
        await client.create_work_pool(WorkPoolCreate(name=name, type="process"))


async def _make_automation(client: PrefectClient, entry: dict[str, Any]) -> None:
    for existing in await client.read_automations_by_name(entry["name"]):
        await client.delete_automation(existing.id)
    await client.create_automation(AutomationCore.model_validate(entry))


def main() -> None:
    """Register at the server that `PREFECT_API_URL` names."""
    asyncio.run(register())


if __name__ == "__main__":
    main()
