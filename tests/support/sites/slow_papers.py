"""An installation beside a paper one page of which comes when the test lets it: runs that are under way for as long
as a test wants them to be."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from schemas.runs.lease import Running
from tests.support.newsrooms import environment_for
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.prefect_site import PrefectSite, prefect_site
from tests.support.sites.raw_site import Visit
from warehouse.hot.state import HotState

ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
AHEAD_S = 30
"""Between setting a schedule and its moment: the server's scheduler looks every 5 s at what was changed."""


class Due(NamedTuple):
    """The moment (ISO 8601, UTC) at which two schedules of a deployment fire."""

    deployment_id: str
    at: str


class Place:
    """An installation beside a paper whose page `/slow` comes when `patience` is over."""

    def __init__(self, site: PrefectSite, papers: Papers, deployment: str) -> None:
        self.site = site
        self.papers = papers
        self.deployment = deployment
        self.number = 0
        self.patience = 0.0

    def slow(self, visit: Visit) -> None:
        """A page of the paper, late."""
        deadline = time.monotonic() + 60
        while self.patience and time.monotonic() < deadline:
            visit.pause(0.1)
        self.papers.site.pages["*"](visit)  # type: ignore[operator]  # a behaviour

    def start(self, deployment: str = "") -> dict[str, Any]:
        """A flow run of the deployment, created now; none: of its own, of ingest, one that asks all feeds."""
        deployment = deployment or self.deployment
        return self.site.start(deployment, **({"now": True} if deployment.startswith("ingest") else {}))

    def state(self, run: dict[str, Any]) -> dict[str, Any]:
        """The state of the flow run now."""
        return self.site.state(run)

    def wait_for_end(self, run: dict[str, Any], within_s: float = 240) -> dict[str, Any]:
        """Its last state."""
        self.site.wait_until(lambda: self.state(run)["type"] in ENDED, within_s, "the run ends")
        return self.state(run)

    def hung(self) -> tuple[dict[str, Any], Running]:
        """A flow run that waits for the slow page of a new edition, and its process."""
        self.patience, self.number = 1.0, self.number + 1
        path = f"/slow{self.number}"
        self.papers.site.pages[path] = self.slow
        self.papers.edition += 1
        run = self.start()
        self.site.wait_until(lambda: path in self.papers.site.asked, 240, "the slow page is asked for")
        with closing(HotState(self.papers.settings.hot_path)) as hot:
            return run, next(one for one in hot.runs() if one.orchestrated_as == run["id"])

    def fire_twice(self, flow: str) -> Due:
        """Give the production deployment of the flow, in place of its own, two schedules that fire once each, at the
        same moment; returns when the server has made both runs."""
        its = {"name": {"any_": [flow]}}
        (found,) = self.site.ask("deployments/filter", deployments=its, flows=its)
        at = (datetime.now(UTC) + timedelta(seconds=AHEAD_S)).replace(microsecond=0)
        once = {"rrule": f"DTSTART:{at:%Y%m%dT%H%M%S}\nRRULE:FREQ=YEARLY;COUNT=1", "timezone": "UTC"}
        own = [{"slug": each["slug"], "active": False} for each in found["schedules"]]
        twins = [{"slug": f"{name}-{at:%H%M%S}", "active": True, "schedule": once} for name in ("left", "right")]
        self.site.ask(f"deployments/{found['id']}", method="PATCH", schedules=[*own, *twins], paused=False)
        due = Due(found["id"], at.isoformat())
        self.site.wait_until(lambda: len(self.fired(due)) == 2, 2 * AHEAD_S, "both schedules made a run")
        return due

    def fired(self, due: Due) -> list[dict[str, Any]]:
        """The runs that its schedules made."""
        theirs = {"deployment_id": {"any_": [due.deployment_id]}}
        found = self.site.ask("flow_runs/filter", flow_runs=theirs)
        return [run for run in found if datetime.fromisoformat(run["expected_start_time"]).isoformat() == due.at]

    def ends(self, due: Due) -> list[dict[str, Any]]:
        """Both runs at their ends; the deployment is paused again."""
        ended = [self.wait_for_end(run) for run in self.fired(due)]
        self.site.ask(f"deployments/{due.deployment_id}", method="PATCH", paused=True)
        return ended

    def doubled(self) -> list[dict[str, Any]]:
        """Articles that are there twice, by their address or by a version."""
        by_url = "SELECT canonical_url AS doubled FROM main.articles GROUP BY ALL HAVING count(*) > 1"
        by_version = (
            "SELECT canonical_url || ' ' || version FROM main.article_versions "
            "GROUP BY canonical_url, version HAVING count(*) > 1"
        )
        return self.site.rows(f"{by_url} UNION ALL {by_version}")

    def settled(self) -> None:
        """No run is Running or under way, nobody holds a turn, and the next run goes on."""
        self.hurry()
        assert self.wait_for_end(self.start())["type"] == "COMPLETED"
        self.site.wait_until(lambda: not self.site.runs("RUNNING", "ingest"), 60, "no run is Running")
        with closing(HotState(self.papers.settings.hot_path)) as hot:
            assert hot.runs() == []
            assert hot.take_turn("one.test", 0.0, "next", time.time()) == 0.0
            hot.end_turn("one.test", "next", time.time())
        assert json.loads(self.site.run("newsdesk", "status", "--json"))["under_way"] == []

    def same_words(self, run: dict[str, Any], running: Running) -> None:
        """Prefect and `newsdesk status` say the same of a run that ended badly."""
        status = json.loads(self.site.run("newsdesk", "status", "--json"))
        (told,) = [each for each in status["runs"] if each["run_id"] == running.run_id]
        assert (told["state"], told["error"]) == ("crashed", self.state(run)["message"])

    def hurry(self) -> None:
        """The slow page comes from now on."""
        self.patience = 0.0

    def row(self, running: Running) -> dict[str, Any]:
        """The row of ops.runs."""
        return self.site.rows(f"SELECT state, error FROM ops.runs WHERE run_id = '{running.run_id}'")[0]


def pid_of(running: Running) -> int:
    return int(running.process.partition("@")[0])


@contextmanager
def open_place(
    home: Path, wired: Callable[[int], int] = int, deployment: str = "ingest/ingest", patience_s: float = 120
) -> Iterator[Place]:
    """Two papers, the first with a slow page in each of eleven editions; no schedule fires by itself. `wired` gives
    the port by which the papers are reached; `patience_s` is the most that a page may take."""
    paths = [f"/slow{number}" for number in range(1, 12)]
    editions = [items("/a", *paths[:number]) for number in range(len(paths) + 1)]
    with open_papers(home, {"one": editions, "two": [items("/x")]}) as papers:
        plain = environment_for(papers.settings)
        ports = {name.rpartition(":")[2] for name in papers.settings.hosts}
        wires = {port: str(wired(int(port))) for port in ports}
        environment = plain | {
            "NEWSDESK_HOSTS": _rewired(plain["NEWSDESK_HOSTS"], wires),
            "NEWSDESK_ALLOW_ADDRESSES": _rewired(plain["NEWSDESK_ALLOW_ADDRESSES"], wires),
            "NEWSDESK_ARTICLE_DEADLINE_S": str(patience_s),
            "NEWSDESK_READ_TIMEOUT_S": str(patience_s * 5 / 6),
        }
        with prefect_site(home, environment) as site:
            site.pause()
            yield Place(site, papers, deployment)


def _rewired(addresses: str, wires: dict[str, str]) -> str:
    return re.sub(r"(?<=:)\d+(?=,|$)", lambda found: wires.get(found[0], found[0]), addresses)
