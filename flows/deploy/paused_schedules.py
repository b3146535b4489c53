"""Keeps the schedules paused that people paused in the UI, while `newsdesk up` registers deployments again.

`prefect deploy` sets every schedule to what prefect.yaml says, so a paused one would run again.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client

PAGE = 200
"""Deployments asked for at once: the server gives no more."""


async def save(file: Path) -> None:
    """Write (deployment's id, schedule's slug) of every paused schedule as JSON, unless the file exists: then a
    registration was cut short, and the file has what was paused before it."""
    if file.exists():
        return
    async with get_client() as client:
        paused = [
            (str(deployment), slug) async for deployment, _, slug, is_active in _schedules(client) if not is_active
        ]
    file.write_text(json.dumps(paused))


async def pause_again(file: Path) -> None:
    """Pause the schedules that the file names, where they still exist, and delete the file."""
    paused = {(UUID(deployment), slug) for deployment, slug in json.loads(file.read_text())}
    async with get_client() as client:
        async for deployment, schedule, slug, is_active in _schedules(client):
            if is_active and (deployment, slug) in paused:
                await client.update_deployment_schedule(deployment, schedule, active=False)
    file.unlink()


async def _schedules(client: PrefectClient) -> AsyncIterator[tuple[UUID, UUID, str | None, bool]]:
    """(deployment's id, schedule's id, slug, whether it is active) of every schedule."""
    offset = 0
    while deployments := await client.read_deployments(limit=PAGE, offset=offset):
        offset += len(deployments)
        for deployment in deployments:
            for schedule in deployment.schedules:
                yield deployment.id, schedule.id, schedule.slug, schedule.active


def main(words: list[str]) -> None:
    """`save FILE` or `pause-again FILE`, at the server that `PREFECT_API_URL` names."""
    verb, file = words
    asyncio.run({"save": save, "pause-again": pause_again}[verb](Path(file)))


if __name__ == "__main__":
    main(sys.argv[1:])
