"""What all tests share: hypothesis without a deadline, DuckDB with one thread, the order of the modules, and
one installation on a Prefect server (a start takes 25 s of CPU)."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it has no types

from tasks.demo_site.site import Newsroom, sources_path
from tests.support.repository import ROOT
from tests.support.sites.prefect_site import PrefectSite, prefect_site

settings.register_profile("newsdesk", deadline=None)  # No test is timed: a busy machine must not fail it.
settings.load_profile("newsdesk")

THREADS = "SLURM_CPUS_ON_NODE"
"""DuckDB has as many threads as this variable says, or else as the machine has cores."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """DuckDB has one thread, in commands that a test gives, too, but for the tests of the warehouse. Threads that
    wait for each other at tables of a few rows took 40 % of the CPU of an ingest."""
    if item.path.is_relative_to(ROOT / "tests" / "warehouse"):
        os.environ.pop(THREADS, None)
    else:
        os.environ[THREADS] = "1"


SLOW = ("system", "docs", "flows", "bench", "hostile", "warehouse")
"""Rooms whose modules take the longest, the longest first."""
TOGETHER = "tests/system/orchestration/"
"""These modules share a Prefect server, of which each of pytest's processes would start one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow rooms first, so that modules of seconds are left for the process that ends first. The order of xdist, most
    tests first, begins a module with one test of minutes last."""
    places = [*(f"tests/{room}/" for room in SLOW), ""]
    items.sort(key=lambda item: next(n for n, place in enumerate(places) if item.nodeid.startswith(place)))


class InOrder(LoadScopeScheduling):  # type: ignore[misc]  # as above
    """Gives modules to processes in this order."""

    def schedule(self) -> None:
        self.config.option.loadscopereorder = False
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Callable[..., None]) -> InOrder | None:
    """For `--dist loadscope`."""
    return InOrder(config, log) if config.option.dist == "loadscope" else None


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectSite]:
    """An installation beside a newsroom; its schedules are those of prefect.yaml."""
    home = tmp_path_factory.mktemp("installation")
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        environment = {
            "NEWSDESK_HOME": str(home / "var"),
            "NEWSDESK_SOURCES": str(sources_path()),
            "NEWSDESK_HOSTS": newsroom.hosts,
            "NEWSDESK_ALLOW_ADDRESSES": newsroom.allow,
            "NEWSDESK_PACE_FLOOR_S": "0",
            "NEWSDESK_DISK_FLOOR_MB": "0",
        }
        with prefect_site(home, environment) as opened:
            yield opened
