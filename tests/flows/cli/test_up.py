"""`newsdesk up` in its other forms: one serving process; PostgreSQL and Redis under two server processes; started
again, and ended by Ctrl-C (make prefect)."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.support.sites.prefect_site import PrefectSite, prefect_site
from tests.support.warehouse.services import create_database, free_port, need_postgres, postgres

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("up")]


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """URL of an empty Redis server."""
    program = shutil.which("redis-server")
    if program is None and os.environ.get("CI") != "true":
        pytest.skip("the machine has no Redis server: `make services` installs Debian's")
    assert program is not None
    port = free_port()
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with subprocess.Popen([program, *words], stdout=subprocess.DEVNULL) as server:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def environment(folder: Path) -> dict[str, str]:
    """An installation without sources: its runs are quick."""
    (folder / "sources").mkdir(exist_ok=True)
    return {
        "NEWSDESK_HOME": str(folder / "var"),
        "NEWSDESK_SOURCES": str(folder / "sources"),
        "NEWSDESK_DISK_FLOOR_MB": "0",
    }


def run_one(site: PrefectSite, before: int) -> None:
    """A run of the health deployment completes, beside those before it."""
    named = {"name": {"any_": ["health"]}}
    site.wait_until(lambda: bool(site.ask("deployments/filter", deployments=named)), 120, "the deployment is there")
    site.start("health/health")
    site.wait_until(lambda: len(site.runs("COMPLETED", "health")) > before, 240, "a run completes")


def end(site: PrefectSite) -> None:
    """Ctrl-C, after which no process is left."""
    below = [site.up_pid, *site.services("")]
    os.kill(site.up_pid, signal.SIGINT)
    deadline = time.monotonic() + 90
    while any(is_alive(pid) for pid in below):
        assert time.monotonic() < deadline, [
            Path(f"/proc/{pid}/cmdline").read_text() for pid in below if is_alive(pid)
        ]
        time.sleep(0.2)


def is_alive(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def twice(folder: Path, *words: str) -> None:
    """Start it, run a flow, end it by Ctrl-C; a second start knows of the first."""
    for number in range(2):
        with prefect_site(folder, environment(folder), *words) as site:
            assert len(site.runs("COMPLETED", "health")) == number
            run_one(site, number)
            end(site)
        (folder / "prefect.log").rename(folder / f"prefect-{number}.log")
    assert "deploy   | done" not in (folder / "prefect-1.log").read_text()


def test_one_process_serves_the_flows_and_starts_again(tmp_path: Path) -> None:
    twice(tmp_path, "--serve")


def test_two_server_processes_on_postgres_and_redis_start_again(tmp_path: Path) -> None:
    need_postgres()
    with postgres() as words, redis(tmp_path) as url:
        create_database(words, "prefect")
        port = words.partition("port=")[2].partition(" ")[0]
        server = f"postgresql://newsdesk@127.0.0.1:{port}/prefect"
        twice(tmp_path, "--postgres", server, "--redis", url, "--processes", "2")
    assert "blocks   | done" in (tmp_path / "prefect-0.log").read_text()


def paused_ones(site: PrefectSite) -> tuple[set[str], set[str]]:
    """The deployments that are paused, and those with a paused schedule."""
    found = site.ask("deployments/filter")
    whole = {each["name"] for each in found if each["paused"]}
    return whole, {each["name"] for each in found for schedule in each["schedules"] if not schedule["active"]}


def test_what_is_paused_stays_paused_when_a_new_version_registers_again(tmp_path: Path) -> None:
    note = tmp_path / "var" / "prefect" / "registered"
    with prefect_site(tmp_path, environment(tmp_path)) as site:
        known = {each["name"]: each for each in site.ask("deployments/filter")}
        schedule = f"deployments/{known['ingest']['id']}/schedules/{known['ingest']['schedules'][0]['id']}"
        site.ask(schedule, "PATCH", active=False)
        site.ask(f"deployments/{known['revisit']['id']}", "PATCH", paused=True)
        before = paused_ones(site)
        end(site)
    note.write_text("the fingerprint of an earlier version")
    (tmp_path / "prefect.log").rename(tmp_path / "prefect-0.log")

    with prefect_site(tmp_path, environment(tmp_path)) as site:
        assert paused_ones(site) == before
        assert "ingest" in before[1]
        assert "revisit" in before[0]
        assert "registered work pools, automations and deployments again" in site.log.read_text()
        end(site)
