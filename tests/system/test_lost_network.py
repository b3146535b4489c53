"""A server that is lost: the cable between a flow or a worker and its Prefect server is cut, or falls silent, in the
midst of the work and is mended (make prefect)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Timer
from urllib.parse import urlsplit

import pytest

from bench.orchestration import prefect_server
from flows.cli.up import DEPLOYMENTS
from schemas.runs.installation import Installation
from tasks.machine.services import POOL, deploy_of, executor_of, register_of
from tasks.machine.supervise import SupervisedService, run_once
from tests.support.desks import NEWSDESK
from tests.support.newsrooms import ask, environment_for
from tests.support.sites.cables import Cable, cable
from tests.support.sites.papers import items, open_papers, page
from tests.support.sites.prefect_site import PrefectSite
from tests.support.sites.raw_site import Visit

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("network")]
LOST_S = 20.0
"""Longer than the run needs to its end, so that all that it has to say meets the lost network."""
PATHS = ("/a", "/losing", "/b")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of who asks a Prefect server that runs no flow by itself."""
    with prefect_server(tmp_path_factory.mktemp("server")) as (environment, _):
        yield environment


def asking(home: Path, server: dict[str, str]) -> PrefectSite:
    """Who asks the server, past all cables."""
    site = PrefectSite(home, server)
    site.api_url = server["PREFECT_API_URL"]
    return site


@pytest.mark.parametrize("lose", [Cable.cut, Cable.silence])
def test_a_run_whose_server_is_lost_for_a_while_completes_once(
    server: dict[str, str], tmp_path: Path, lose: Callable[[Cable], None]
) -> None:
    site = asking(tmp_path, server)
    with (
        cable(urlsplit(site.api_url).port or 0) as its,
        open_papers(tmp_path / "home", {"one": [items(*PATHS)]}) as papers,
    ):

        def losing(visit: Visit) -> None:
            lose(its)
            Timer(LOST_S, its.mend).start()
            page(visit)

        papers.site.pages["/losing"] = losing
        known = len(site.ask("flow_runs/filter"))
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
        (run,) = site.ask("flow_runs/filter", sort="START_TIME_ASC")[known:]
        assert (run["state"]["type"], run["state"]["message"]) == (
            "COMPLETED",
            "All well, 3 articles loaded from 1 source",
        )
        assert papers.articles("one") == sorted(PATHS)
        assert ask(papers.settings, "SELECT runner, state, urls FROM ops.runs") == [
            {"runner": "prefect", "state": "completed", "urls": 4}
        ]
        assert ask(papers.settings, "SELECT count(*) AS n FROM main.article_versions") == [{"n": 3}]


@pytest.mark.parametrize("lost_s", [LOST_S, 100.0], ids=["a worker that waits", "a worker that gives up"])
@pytest.mark.parametrize("lose", [Cable.cut, Cable.silence])
def test_a_worker_whose_server_is_lost_for_a_while_takes_the_run_that_waited(
    server: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lose: Callable[[Cable], None],
    lost_s: float,
) -> None:
    site, said = asking(tmp_path, server), list[str]()
    port = urlsplit(site.api_url).port or 0

    def say(_: str, line: str) -> None:
        said.append(line)

    def is_there() -> bool:
        its = site.ask(f"work_pools/{POOL}/workers/filter")
        return [worker["status"] for worker in its if worker["name"] == worker_name] == ["ONLINE"]

    with cable(port) as its, open_papers(tmp_path / "home", {"one": [items("/a", "/b")]}) as papers:
        for name, value in environment_for(papers.settings).items():
            monkeypatch.setenv(name, value)
        near = Installation(home=papers.settings.home, sources=papers.settings.sources, port=port)
        for once in (register_of(near, sys.executable), deploy_of(near, sys.executable, str(DEPLOYMENTS))):
            run_once(once, say, Event())
        site.pause()
        worker_name = f"worker{its.port}"
        far = near.model_copy(update={"port": its.port})
        worker = SupervisedService(executor_of(far, sys.executable, worker_name), say)
        worker.start()
        try:
            site.wait_until(is_there, 60, "the worker is there")
            lose(its)
            run = site.start("ingest/ingest", sources=["one"])
            time.sleep(lost_s)
            assert site.state(run)["type"] == "SCHEDULED"
            its.mend()
            site.wait_until(lambda: site.state(run)["type"] == "COMPLETED", 240, "the run completes")
        finally:
            worker.stop()
        assert papers.articles("one") == ["/a", "/b"]
