"""`newsdesk up`: a whole installation in one foreground command."""

import hashlib
import os
import socket
import sys
from contextlib import ExitStack, suppress
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from pydantic import SecretStr

from flows.cli.ingest import stop_on_signals
from flows.running.choose import server_answers
from schemas.errors import RefusedError
from schemas.runs.installation import Installation
from schemas.settings import Settings
from tasks.machine.lock import hold
from tasks.machine.services import blocks_of, deploy_of, executor_of, register_of, reports_of, server_of, upgrade_of
from tasks.machine.supervise import SupervisedService, no_process_left, run_once, wait_until

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
DEPLOYMENTS = DEPLOY / "prefect.yaml"
AUTOMATIONS = DEPLOY / "automations.yaml"
SERVER_START_S = 240.0


def up(
    port: Annotated[int, typer.Option(help="Port of the server and its UI, on loopback.", min=1, max=65535)] = 4200,
    postgres: Annotated[str, typer.Option(help="URL of a PostgreSQL for the server; or NEWSDESK_UP_POSTGRES.")] = "",
    redis: Annotated[str, typer.Option(help="URL of a Redis for several servers; or NEWSDESK_UP_REDIS.")] = "",
    processes: Annotated[int, typer.Option(help="Server processes; more than 1 needs both.", min=1, max=64)] = 1,
    serve: Annotated[bool, typer.Option("--serve", help="One serving process instead of pool and worker.")] = False,
    worker_name: Annotated[str, typer.Option("--name", help="Name of the worker.")] = socket.gethostname(),
) -> None:
    """Run a Prefect server, its deployments and automations, and one worker, until Ctrl-C."""
    settings = Settings.from_environment(os.environ)
    site = Installation(
        home=settings.home.absolute(),
        reports_port=0 if settings.reports_url or not _is_free(port + 1) else port + 1,
        sources=settings.sources.absolute(),
        port=port,
        postgres=SecretStr(postgres or settings.up_postgres.get_secret_value()),
        redis=SecretStr(redis or settings.up_redis.get_secret_value()),
        processes=processes,
        is_served=serve,
    )
    _check(site)
    with hold(site.home / "up.lock", "up"), stop_on_signals("stopping the services") as stop:
        _check_port(site)
        _run(site, worker_name, stop)


def _run(site: Installation, worker_name: str, stop: Event) -> None:
    server = SupervisedService(server_of(site, sys.executable), _say)
    executor = SupervisedService(executor_of(site, sys.executable, worker_name), _say)
    reports = SupervisedService(reports_of(site, sys.executable, str(_reports_folder(site))), _say)
    with no_process_left(), ExitStack() as running:
        if site.postgres.get_secret_value():
            run_once(upgrade_of(site, sys.executable), _say, stop)
        _say("up", f"starting the server at {site.url}")
        running.callback(server.stop)
        server.start()
        wait_until(partial(server_answers, site.api_url), server, "the Prefect server", SERVER_START_S, stop)
        _register(site, stop)
        if site.reports_port and not stop.is_set():
            running.callback(reports.stop)
            reports.start()
            _say("up", f"the reports of all runs: {site.reports_url}/latest.html")
        if not stop.is_set():
            running.callback(executor.stop)
            executor.start()
            _say("up", f"ready: open {site.url}; other terminals: export PREFECT_API_URL={site.api_url}")
        stop.wait()
    _say("up", "stopped")


def _register(site: Installation, stop: Event) -> None:
    """Pool, automations and deployments, unless they are at this server as the files say: what people changed
    in the UI since (a schedule that they paused) then stays."""
    note = site.home / "prefect" / "registered"
    stands_for = _digest(site)
    if note.exists() and note.read_text() == stands_for:
        return
    if site.processes > 1:
        run_once(blocks_of(site, sys.executable), _say, stop)
    run_once(register_of(site, sys.executable), _say, stop)
    if not site.is_served:
        run_once(deploy_of(site, sys.executable, str(DEPLOYMENTS)), _say, stop)
    if not stop.is_set():
        note.write_text(stands_for)


def _digest(site: Installation) -> str:
    parts = [DEPLOYMENTS.read_bytes(), AUTOMATIONS.read_bytes(), version("newsdesk").encode()]
    parts.append(f"{site.is_served} {site.postgres.get_secret_value()}".encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _check(site: Installation) -> None:
    if site.processes > 1 and not (site.postgres.get_secret_value() and site.redis.get_secret_value()):
        raise RefusedError("several server processes need --postgres and --redis")
    if site.redis.get_secret_value() and find_spec("prefect_redis") is None:
        raise RefusedError("--redis needs the extra: pip install 'newsdesk[redis]'")


def _check_port(site: Installation) -> None:
    if not _is_free(site.port, site.host):
        raise RefusedError(f"port {site.port} of {site.host} is in use; choose another with --port")


def _is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def _reports_folder(site: Installation) -> Path:
    folder = site.home / "reports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _say(name: str, line: str) -> None:
    with suppress(BrokenPipeError):  # Whoever read along has gone; the services go on.
        print(f"{name:<8} | {line}", file=sys.stderr, flush=True)
