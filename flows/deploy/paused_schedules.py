"""Keeps deployments and schedules paused that people paused in the UI, while `newsdesk up` registers them again.

`prefect deploy` sets all of them to what prefect.yaml says, so a paused one would run again.
"""

import asyncio
import sys
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import get_client
from pydantic import BaseModel

from flows.deploy.deployments import all_deployments


class Paused(BaseModel):
    """Ids of paused deployments, and (deployment's id, schedule's slug) of paused schedules: registering gives a
    schedule another id."""

    deployments: frozenset[UUID]
    schedules: frozenset[tuple[UUID, str | None]]


async def save(file: Path) -> None:
    """Write what is paused as JSON, unless the file exists: then a registration was cut short, and the file has what
    was paused before it."""
    if file.exists():
        return
    async with get_client() as client:
        found = await all_deployments(client)
    schedules = {(each.id, schedule.slug) for each in found for schedule in each.schedules if not schedule.active}
    paused = Paused(deployments=frozenset(each.id for each in found if each.paused), schedules=frozenset(schedules))
    file.write_text(paused.model_dump_json())


async def pause_again(file: Path) -> None:
    """Pause what the file names, where it still exists, and delete the file."""
    paused = Paused.model_validate_json(file.read_text())
    async with get_client() as client:
        for each in await all_deployments(client):
            if each.id in paused.deployments:
                await client.pause_deployment(each.id)
            for schedule in each.schedules:
                if (each.id, schedule.slug) in paused.schedules:
                    await client.update_deployment_schedule(each.id, schedule.id, active=False)
    file.unlink()


def main(words: list[str]) -> None:
    """`save FILE` or `pause-again FILE`, at the server that `PREFECT_API_URL` names."""
    verb, file = words
    asyncio.run({"save": save, "pause-again": pause_again}[verb](Path(file)))


if __name__ == "__main__":
    main(sys.argv[1:])
