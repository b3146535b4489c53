"""What a run says of sources that it did not ask."""

import re
from datetime import UTC, datetime
from pathlib import Path

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for


def test_a_run_before_the_next_poll_says_until_when_and_how_to_ask(tmp_path: Path) -> None:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(tmp_path, newsroom)))
        desk.run("ingest")
        again = desk.run("ingest", "--no-revisits")
        asked = desk.run("ingest", "--now", "--no-revisits")

    head = again.stdout.splitlines()[0]
    assert re.match(
        r"Nothing was asked of 3 sources: not due until (\d{4}-\d\d-\d\d )?\d\d:\d\d UTC; --now asks", head
    ), head
    assert asked.stdout.startswith("All well, nothing new in 3 sources"), asked.stdout.splitlines()[0]
