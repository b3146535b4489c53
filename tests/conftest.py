"""What all tests share: hypothesis without a deadline, and one installation on a Prefect server (a start
takes 25 s of CPU)."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import settings

from tasks.demo_site.site import Newsroom, sources_path
from tests.support.sites.prefect_site import PrefectSite, prefect_site

settings.register_profile("newsdesk", deadline=None)  # No test is timed: a busy machine must not fail it.
settings.load_profile("newsdesk")


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
