"""Reads the deployments of a Prefect server."""

from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.responses import DeploymentResponse

PAGE = 200
"""Deployments asked for at once: the server gives no more."""


async def all_deployments(client: PrefectClient) -> list[DeploymentResponse]:
    """Every deployment that the server knows, in its order."""
    found: list[DeploymentResponse] = []
    while page := await client.read_deployments(limit=PAGE, offset=len(found)):
        found += page
    return found
