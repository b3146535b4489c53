"""Examines the Prefect server that this installation names, and the workers that poll its pool."""

import asyncio
import os
from typing import NamedTuple

from schemas.runs.doctor import ExaminedPart
from tasks.doctor.parts import fine, not_checked, warning, wrong
from tasks.machine.services import POOL

WAIT_S = 10.0
SERVER, WORKERS = "server", "workers"


class _Seen(NamedTuple):
    """Names of the deployments of ours that have a schedule, of those that are paused, and of the workers online."""

    scheduled: list[str]
    paused: list[str]
    online: list[str]
    late: int


def examine_server() -> list[ExaminedPart]:
    """The server of PREFECT_API_URL with its deployments, and the workers that are online. Without the variable, runs
    need no server: then both rows say so."""
    from flows.running.choose import load_prefect, server_answers

    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        told = "PREFECT_API_URL is not set: runs need no Prefect server"
        return [fine(SERVER, told), fine(WORKERS, "none are needed")]
    if not server_answers(url):
        fix = "start it with `newsdesk up`, or unset PREFECT_API_URL: runs then go on without it"
        return [wrong(SERVER, f"no Prefect server answers at {url!r}", fix), not_checked(WORKERS, "no server")]
    load_prefect()
    import httpx
    from prefect.exceptions import PrefectException

    try:
        seen = asyncio.run(asyncio.wait_for(_look(), WAIT_S))
    except (PrefectException, httpx.HTTPError, OSError, TimeoutError) as error:
        fix = "is it a Prefect server of version 3, and does PREFECT_API_KEY or PREFECT_API_AUTH_STRING let us in?"
        told = f"the server at {url!r} does not say what it has: {type(error).__name__}"
        return [wrong(SERVER, told, fix), not_checked(WORKERS, "the server does not say")]
    return [_server(url, seen), _workers(seen)]


def _server(url: str, seen: _Seen) -> ExaminedPart:
    if not (seen.scheduled or seen.paused):
        return warning(SERVER, f"{url!r} has no deployment of ours", "register them: `newsdesk up`")
    if seen.paused:
        told = f"{url!r}: paused are {', '.join(seen.paused)}"
        return warning(SERVER, told, "resume them on the page of deployments, if nobody paused them on purpose")
    return fine(SERVER, f"{url!r}: scheduled are {', '.join(seen.scheduled)}")


def _workers(seen: _Seen) -> ExaminedPart:
    if not seen.online:
        told = f"no worker of the pool {POOL!r} is online, and {seen.late} runs are late"
        return wrong(WORKERS, told, f"start one: `newsdesk up`, or `prefect worker start --pool {POOL}`")
    if seen.late:
        told = f"{seen.late} runs are late though {', '.join(seen.online)} polls"
        return warning(WORKERS, told, "is a run before them stuck? See `newsdesk status`")
    return fine(WORKERS, f"online: {', '.join(seen.online)}")


async def _look() -> _Seen:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter
    from prefect.client.schemas.objects import WorkerStatus
    from prefect.exceptions import ObjectNotFound

    from flows.deploy.deployments import all_deployments
    from flows.deploy.remove_unnamed import is_ours

    late = FlowRunFilter.model_validate({"state": {"name": {"any_": ["Late"]}}, "tags": {"all_": ["newsdesk"]}})
    async with get_client() as client:
        ours = [
            each for each in await all_deployments(client) if is_ours(each) and each.work_pool_name in (POOL, None)
        ]
        scheduled = [each for each in ours if each.schedules]
        paused = [each for each in scheduled if each.paused or not any(one.active for one in each.schedules)]
        try:
            workers = await client.read_workers_for_work_pool(POOL)
        except ObjectNotFound:
            workers = []
        runs = await client.read_flow_runs(flow_run_filter=late, limit=200)
    return _Seen(
        scheduled=sorted(each.name for each in scheduled if each not in paused),
        paused=sorted(each.name for each in paused),
        online=sorted(each.name for each in workers if each.status is WorkerStatus.ONLINE),
        late=len(runs),
    )
