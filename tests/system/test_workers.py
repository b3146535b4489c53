"""Two workers of one pool, each with a home of its own, and one that has nothing but the wheel: they share the
warehouse in PostgreSQL and an object store (make prefect)."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bench.processes import tree
from tests.support.newsrooms import environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.prefect_site import BIN, PrefectSite, prefect_site
from tests.support.warehouse.services import BUCKET, create_database, need_postgres, object_store, postgres
from tests.system.test_machines import Seen, watched

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("workers")]
NAMES = ("one", "two", "three", "four")
PATHS = tuple(f"/story{number}" for number in range(5))
PACE_S = 0.25
POOL = "newsdesk-staging"
ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Pool:
    """An installation whose staging pool has no worker of its own."""

    def __init__(self, site: PrefectSite, papers: Papers, seen: list[Seen], folder: Path) -> None:
        self.site = site
        self.papers = papers
        self.seen = seen
        self.folder = folder

    def let_two_run(self) -> None:
        """The staging twin of ingest may run twice at a time."""
        path = f"deployments/{self._deployment('ingest')}"
        strategy = {"collision_strategy": "ENQUEUE"}
        self.site.ask(path, method="PATCH", concurrency_limit=2, concurrency_options=strategy)

    def start(self, flow: str, **parameters: object) -> dict[str, Any]:
        """A flow run of the staging twin."""
        return self.site.start(f"{flow}/staging", **parameters)

    def ends(self, runs: list[dict[str, Any]], within_s: float = 400) -> list[str]:
        """The types of their last states."""

        def states() -> list[str]:
            ids = {"id": {"any_": [run["id"] for run in runs]}}
            return [run["state"]["type"] for run in self.site.ask("flow_runs/filter", flow_runs=ids)]

        self.site.wait_until(lambda: set(states()) <= set(ENDED), within_s, "the runs end")
        return states()

    def worker(self, name: str, program: Path = BIN) -> "subprocess.Popen[bytes]":
        """A worker with a home, and an empty folder to run in; nothing of the checkout but the site's log."""
        home = self.folder / name
        home.mkdir()
        words = ("worker", "start", "--pool", POOL, "--limit", "1", "--name", name, "--install-policy", "never")
        environment = {key: value for key, value in self.site.environment.items() if key != "PYTHONPATH"}
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [str(program / "prefect"), *words],
                env=environment | {"NEWSDESK_HOME": str(home / "var"), "HOME": str(home)},
                cwd=home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _deployment(self, flow: str) -> str:
        staging, its = {"name": {"any_": ["staging"]}}, {"name": {"any_": [flow]}}
        (found,) = self.site.ask("deployments/filter", deployments=staging, flows=its)
        return str(found["id"])


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    need_postgres()
    folder = tmp_path_factory.mktemp("pool")
    editions = {name: [items(*PATHS)] for name in NAMES}
    with postgres() as dsn, object_store() as store, open_papers(folder / "site", editions) as papers:
        seen: list[Seen] = []
        for path, behaviour in list(papers.site.pages.items()):
            papers.site.pages[path] = partial(watched, seen, behaviour)
        environment = {
            **environment_for(papers.settings),
            **store,
            "NEWSDESK_HOME": str(folder / "server"),
            "NEWSDESK_WAREHOUSE": f"ducklake:postgres:{create_database(dsn, 'pool')}?data=s3://{BUCKET}/tables/",
            "NEWSDESK_ARCHIVE": f"s3://{BUCKET}/archive",
            "NEWSDESK_PACE_FLOOR_S": str(PACE_S),
        }
        with prefect_site(folder, environment) as site:
            yield Pool(site, papers, seen, folder)


def end(worker: "subprocess.Popen[bytes]", site: PrefectSite) -> None:
    """Ask it to end when the processes of its runs have. It loses a signal that comes while one of them ends, or has
    just done so; to a second one it gives way at once."""
    site.wait_until(lambda: list(tree(worker.pid)) == [worker.pid], 60, "the processes of the runs end")
    worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        worker.wait(30)
        return
    worker.terminate()
    worker.wait(30)


def test_two_workers_share_a_backlog_without_a_doubled_row_or_a_broken_pace(pool: Pool) -> None:
    pool.let_two_run()
    runs = [pool.start("ingest", sources=list(NAMES)) for _ in range(2)]
    runs += [pool.start("ingest", sources=[name]) for name in NAMES]
    workers = [pool.worker(name) for name in ("left", "right")]
    try:
        assert set(pool.ends(runs)) == {"COMPLETED"}
    finally:
        for worker in workers:
            end(worker, pool.site)

    pool.site.run("newsdesk", "publish", NEWSDESK_RUNNER="direct")
    counts = "count(*) AS versions, count(DISTINCT source || url) AS articles"
    assert pool.site.rows(f"SELECT {counts} FROM main.article_versions") == [
        {"versions": len(NAMES) * len(PATHS), "articles": len(NAMES) * len(PATHS)}
    ]
    assert all((pool.folder / name / "var" / "reports" / "latest.html").exists() for name in ("left", "right"))
    asked = Counter((seen.host, seen.path) for seen in pool.seen if seen.path in PATHS)
    assert set(asked.values()) == {1}
    told = json.loads(pool.site.run("newsdesk", "politeness", "--json"))
    assert {each["breaches"] for each in told} == {0}
    assert min(each["gap_s"] for each in told) >= PACE_S


def test_a_worker_that_has_the_wheel_alone_runs_a_deployment_from_an_empty_folder(pool: Pool) -> None:
    bare = pool.folder / "bare"
    uv = ROOT / ".tools" / "bin" / "uv"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(pool.folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (pool.folder / "dist").glob("*.whl")
    pinned = ["--constraint", str(ROOT / ".venv" / "requirements.txt")]
    for words in (
        ["venv", "--quiet", "--python", sys.executable, str(bare)],
        ["pip", "install", "--quiet", "--no-verify-hashes", *pinned, f"{wheel}[postgres,s3]"],
    ):
        done = subprocess.run([str(uv), *words], env=os.environ | {"VIRTUAL_ENV": str(bare)}, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
    worker = pool.worker("alone", bare / "bin")
    try:
        assert pool.ends([pool.start("health")]) == ["COMPLETED"]
    finally:
        end(worker, pool.site)
    assert sorted(path.name for path in (pool.folder / "alone").iterdir() if not path.name.startswith(".")) == ["var"]
