"""A server that is lost: the cable between a flow and its Prefect server is cut, or falls silent, in the midst of the
run and is mended (make prefect)."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from bench.orchestration import prefect_server
from tests.flows.cables import Cable, cable
from tests.flows.desks import NEWSDESK
from tests.flows.newsrooms import ask, environment_for
from tests.flows.papers import items, open_papers, page
from tests.tasks.raw_site import Visit

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("network")]
LOST_S = 20.0
"""Longer than the run needs to its end, so that all that it has to say meets the lost network."""
PATHS = ("/a", "/losing", "/b")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of who asks a Prefect server that runs no flow by itself."""
    with prefect_server(tmp_path_factory.mktemp("server")) as (environment, _):
        yield environment


def flow_runs(api_url: str) -> list[dict[str, Any]]:
    """All that the server knows, the first first."""
    body = json.dumps({"sort": "START_TIME_ASC"}).encode()
    request = Request(f"{api_url}/flow_runs/filter", body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        found: list[dict[str, Any]] = json.load(answer)
    return found


@pytest.mark.parametrize("lose", [Cable.cut, Cable.silence])
def test_a_run_whose_server_is_lost_for_a_while_completes_once(
    server: dict[str, str], tmp_path: Path, lose: Callable[[Cable], None]
) -> None:
    api_url = server["PREFECT_API_URL"]
    with (
        cable(urlsplit(api_url).port or 0) as its,
        open_papers(tmp_path / "home", {"one": [items(*PATHS)]}) as papers,
    ):

        def losing(visit: Visit) -> None:
            lose(its)
            Timer(LOST_S, its.mend).start()
            page(visit)

        papers.site.pages["/losing"] = losing
        known = len(flow_runs(api_url))
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSDESK_", "PREFECT_"))}
        far = {"PREFECT_API_URL": f"http://127.0.0.1:{its.port}/api", "NEWSDESK_RUNNER": "prefect"}
        done = subprocess.run(
            [str(NEWSDESK), "ingest", "one"],
            env=kept | server | environment_for(papers.settings) | far,
            capture_output=True,
            text=True,
            timeout=300,
        )

        assert done.returncode == 0, done.stderr[-3000:]
        (run,) = flow_runs(api_url)[known:]
        assert (run["state"]["type"], run["state"]["message"]) == (
            "COMPLETED",
            "All well, 3 articles loaded from 1 source",
        )
        assert papers.articles("one") == sorted(PATHS)
        assert ask(papers.settings, "SELECT runner, state, urls FROM ops.runs") == [
            {"runner": "prefect", "state": "completed", "urls": 4}
        ]
        assert ask(papers.settings, "SELECT count(*) AS n FROM main.article_versions") == [{"n": 3}]
