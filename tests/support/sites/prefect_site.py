"""A Prefect server with deployments and a worker, on loopback; stopped by pid."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from tests.support.repository import ROOT

BIN = Path(sys.executable).parent


def free_port() -> int:
    """A port of loopback that nobody listened on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class PrefectSite:
    """Runs commands of an installation of its own. `log` has what its background commands say."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.log = home / "prefect.log"
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        self.up_pid = 0
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "PREFECT_HOME": str(home / "client"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            **environment,
        }

    def run(self, *words: str, **environment: str) -> str:
        """Standard output of a command that must succeed."""
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            env=self.environment | environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def background(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command that runs until the block ends."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                [str(BIN / words[0]), *words[1:]],
                env=self.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            self.processes.append(process)
            try:
                yield process
            finally:
                self.processes.remove(process)
                with suppress(ProcessLookupError):  # It ended by itself, which the block has told.
                    os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(90)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def services(self, *words: str) -> list[int]:
        """Pids of the processes below `newsdesk up` whose command holds the words in a row, oldest first."""
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                command = path.read_text(errors="replace").split("\0")
                if " ".join(words) in " ".join(command) and self._is_ours(int(path.parent.name)):
                    found.append(int(path.parent.name))
        return sorted(found)

    def _is_ours(self, pid: int) -> bool:
        while pid > 1 and pid != self.up_pid:
            pid = int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[1])
        return pid == self.up_pid

    def wait_until(self, is_so: Callable[[], bool], within_s: float, what: str) -> None:
        """Look again and again until it is so; fails with what was waited for and the end of the log."""
        deadline = time.monotonic() + within_s
        while not is_so():
            ended = [process.args for process in self.processes if process.poll() is not None]
            assert not ended, f"{ended} ended while waiting: {what}\n{self.log.read_text()[-3000:]}"
            assert time.monotonic() < deadline, f"not within {within_s} s: {what}\n{self.log.read_text()[-3000:]}"
            time.sleep(0.25)

    def ask(self, path: str, method: str = "POST", **body: object) -> Any:
        """The server's answer to a question by its API; asked again where it has a fault in passing."""
        return self._send(path, method, body)

    def _send(self, path: str, method: str, body: object) -> Any:
        """As Prefect's own client does, ask again after a 503: the server's database was busy."""
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.api_url}/{path}", json.dumps(body).encode(), headers, method=method)
        deadline = time.monotonic() + 120
        while True:
            try:
                with urlopen(request, timeout=60) as answer:
                    return json.loads(answer.read() or "null")
            except OSError as error:
                if (isinstance(error, HTTPError) and error.code < 500) or time.monotonic() > deadline:
                    raise
                time.sleep(1)

    def start(self, deployment: str, **parameters: object) -> dict[str, Any]:
        """A flow run, created now, of the deployment `flow/name`."""
        flow, _, name = deployment.partition("/")
        known, its = {"name": {"any_": [name]}}, {"name": {"any_": [flow]}}
        (found,) = self.ask("deployments/filter", deployments=known, flows=its)
        path = f"deployments/{found['id']}/create_flow_run"
        run: dict[str, Any] = self.ask(path, parameters=parameters, idempotency_key=uuid4().hex)
        return run

    def add_schedule(self, deployment_id: str, schedule: dict[str, Any]) -> None:
        """One more schedule of the deployment."""
        self._send(f"deployments/{deployment_id}/schedules", "POST", [schedule])

    def schedule_late(self, deployment: str, begin: datetime, end: datetime) -> list[dict[str, Any]]:
        """The runs that the schedules of the deployment `flow/name` would have made between these instants, made now:
        as after an outage of the worker."""
        flow, _, name = deployment.partition("/")
        known, its = {"name": {"any_": [name]}}, {"name": {"any_": [flow]}}
        (found,) = self.ask("deployments/filter", deployments=known, flows=its)
        self.ask(f"deployments/{found['id']}/schedule", start_time=begin.isoformat(), end_time=end.isoformat())
        theirs = {"deployment_id": {"any_": [found["id"]]}, "expected_start_time": {"before_": end.isoformat()}}
        runs: list[dict[str, Any]] = self.ask("flow_runs/filter", flow_runs=theirs)
        return [run for run in runs if run["auto_scheduled"] and run["expected_start_time"] >= begin.isoformat()[:19]]

    def state(self, run: dict[str, Any]) -> dict[str, Any]:
        """The state of the flow run now."""
        its: dict[str, Any] = self.run_of(run)["state"]
        return its

    def run_of(self, run: dict[str, Any]) -> dict[str, Any]:
        """The flow run as it is now."""
        its: dict[str, Any] = self.ask("flow_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})[0]
        return its

    def artifacts(self, run: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """What the flow run left, by key."""
        found = self.ask("artifacts/filter", artifacts={"flow_run_id": {"any_": [run["id"]]}})
        return {each["key"]: each for each in found}

    def pause(self) -> None:
        """No schedule fires: a run of one would collide with those of a test."""
        for each in self.ask("deployments/filter"):
            self.ask(f"deployments/{each['id']}", method="PATCH", paused=True)

    def runs(self, state: str, flow: str = "") -> list[dict[str, Any]]:
        """The flow runs of a state's type, of one flow or of all."""
        found = self.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": [state]}}}, sort="START_TIME_ASC")
        ids = {each["id"] for each in self.ask("flows/filter") if flow in ("", each["name"])}
        return [run for run in found if run["flow_id"] in ids]

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The answer of `newsdesk sql`."""
        rows: list[dict[str, Any]] = json.loads(self.run("newsdesk", "sql", query, "--format", "json"))
        return rows


@contextmanager
def prefect_site(home: Path, environment: dict[str, str], *words: str) -> Iterator[PrefectSite]:
    """An installation, made by `newsdesk up`, that is ready."""
    site = PrefectSite(home, environment)
    with site.background("newsdesk", "up", "--port", str(site.port), *words) as process:
        site.up_pid = process.pid
        site.wait_until(lambda: "up       | ready" in site.log.read_text(), 240, "the installation is ready")
        yield site
