"""A timeout of Prefect round a query of ours: the run is TimedOut, as with everything else that takes too long."""

import pytest
from prefect import State, flow, task
from prefect.settings import PREFECT_API_URL, temporary_settings

from tests.support.sites.prefect_site import PrefectSite
from warehouse.database.session import Session, instance

pytestmark = pytest.mark.xdist_group("prefect")
ENDLESS = "SELECT count(*) FROM range(100000000000) AS numbers(n) WHERE hash(n) = 1"
PATIENCE_S = 1.0


def query() -> None:
    """One that would take minutes, in a session of its own."""
    session = Session(instance("1GB", []), "timeouts")
    try:
        session.ask(ENDLESS)
    finally:
        session.close()


def test_a_flow_and_a_task_whose_query_takes_too_long_are_timed_out(site: PrefectSite) -> None:
    @task(timeout_seconds=PATIENCE_S)
    def limited() -> None:
        query()

    @flow(name="a-flow-with-a-limit", timeout_seconds=PATIENCE_S)
    def asks_itself() -> None:
        query()

    @flow(name="a-flow-with-tasks-with-a-limit")
    def asks_by_tasks() -> tuple[str, str]:
        here: State[None] = limited(return_state=True)
        there = limited.submit()
        there.wait()
        return str(here.name), str(there.state.name)

    with temporary_settings({PREFECT_API_URL: site.api_url}):
        state: State[None] = asks_itself(return_state=True)
        tasks = asks_by_tasks()

    assert (state.type.value, state.name) == ("FAILED", "TimedOut")
    assert tasks == ("TimedOut", "TimedOut")
