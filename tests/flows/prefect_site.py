"""A Prefect server, and workers of it, on loopback; stopped by pid."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port of loopback that nobody listened on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class PrefectSite:
    """Runs `prefect` commands against its own server, with its own home."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.log = home / "prefect.log"
        self.api_url = f"http://127.0.0.1:{self.port}/api"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "PREFECT_HOME": str(home / "prefect"),
            "PREFECT_API_URL": self.api_url,
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_LOGGING_TO_API_ENABLED": "false",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            **environment,
        }

    def run(self, *words: str) -> str:
        """Standard output of a command that must succeed."""
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            env=self.environment,
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
                os.killpg(process.pid, signal.SIGTERM)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def wait_until(self, is_so: Callable[[], bool], within_s: float, what: str) -> None:
        """Look again and again until it is so; fails with what was waited for and the end of the log."""
        deadline = time.monotonic() + within_s
        while not is_so():
            ended = [process.args for process in self.processes if process.poll() is not None]
            assert not ended, f"{ended} ended while waiting: {what}\n{self.log.read_text()[-3000:]}"
            assert time.monotonic() < deadline, f"not within {within_s} s: {what}\n{self.log.read_text()[-3000:]}"
            time.sleep(0.25)

    def answers(self) -> bool:
        """Whether the server is up."""
        try:
            with urlopen(f"{self.api_url}/health", timeout=2):
                return True
        except (URLError, OSError):
            return False


@contextmanager
def prefect_site(home: Path, environment: dict[str, str]) -> Iterator[PrefectSite]:
    """A server that answers."""
    site = PrefectSite(home, environment)
    with site.background("prefect", "server", "start", "--host", "127.0.0.1", "--port", str(site.port)):
        site.wait_until(site.answers, 120, "the Prefect server answers")
        yield site
    shutil.rmtree(home / "prefect", ignore_errors=True)
