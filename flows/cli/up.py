"""`newsdesk up`: a Prefect server, its deployments and a worker in one foreground command."""

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

from flows.cli.session import settings_here, stop_on_signals
from flows.running.choose import server_answers
from schemas.errors import RefusedError
from schemas.runs.installation import Installation
from tasks.machine.lock import hold
from tasks.machine.services import (
    blocks_of,
    deploy_of,
    executor_of,
    pause_again_of,
    register_of,
    reports_of,
    save_paused_of,
    server_of,
    upgrade_of,
)
from tasks.machine.settings_file import read_settings_file
from tasks.machine.supervise import SupervisedService, no_process_left, run_once, wait_until

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
DEPLOYMENTS = DEPLOY / "prefect.yaml"
AUTOMATIONS = DEPLOY / "automations.yaml"
SERVER_START_S = 240.0
REGISTERED_AGAIN = (
    "registered work pools, automations and deployments again, since the version, prefect.yaml, automations.yaml or "
    "the server's database changed; what is paused stays paused, other changes made in the UI are overwritten, and "
    "deployments and schedules of ours that prefect.yaml does not name are removed"
)


def up(
    port: Annotated[int, typer.Option(help="Port of the server and its UI, on loopback.", min=1, max=65535)] = 4200,
    postgres: Annotated[str, typer.Option(help="URL of a PostgreSQL for the server; or NEWSDESK_UP_POSTGRES.")] = "",
    redis: Annotated[str, typer.Option(help="URL of a Redis for several servers; or NEWSDESK_UP_REDIS.")] = "",
    processes: Annotated[int, typer.Option(help="Server processes; more than 1 needs both.", min=1, max=64)] = 1,
    serve: Annotated[bool, typer.Option("--serve", help="One serving process instead of pool and worker.")] = False,
    worker_name: Annotated[str, typer.Option("--name", help="Name of the worker.")] = socket.gethostname(),
) -> None:
    """Run a Prefect server, its deployments and automations, and one worker, until Ctrl-C."""
    settings, file = settings_here(), read_settings_file(os.environ)
    site = Installation(
        home=settings.home.absolute(),
        reports_port=0 if settings.reports_url or not _is_free(port + 1) else port + 1,
        sources=settings.sources.absolute(),
        settings_file=file.path.absolute() if file else None,
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
            _say("up", f"the reports of all runs: {site.reports_url}/")
        if not stop.is_set():
            running.callback(executor.stop)
            executor.start()
            _say("up", f"ready: open {site.url}; other terminals: export PREFECT_API_URL={site.api_url}")
        stop.wait()
    _say("up", "stopped")


def _register(site: Installation, stop: Event) -> None:
    """Register pools, automations and deployments, unless `prefect/registered` says that this was done with the same
    files, version and database. What people changed in the UI is overwritten; paused deployments and schedules stay
    paused."""
    note = site.home / "prefect" / "registered"
    digest = _digest(site)
    is_again = note.exists()
    if is_again and note.read_text() == digest:
        return
    if site.processes > 1:
        run_once(blocks_of(site, sys.executable), _say, stop)
    run_once(register_of(site, sys.executable), _say, stop)
    if not site.is_served:
        _deploy(site, is_again, stop)
    if stop.is_set():
        return
    note.write_text(digest)
    if is_again:
        _say("up", REGISTERED_AGAIN)


def _deploy(site: Installation, is_again: bool, stop: Event) -> None:
    """Deploy, then register once more: automations that run a deployment need its id."""
    paused = str(site.home / "prefect" / "paused-schedules.json")
    steps = [deploy_of(site, sys.executable, str(DEPLOYMENTS)), register_of(site, sys.executable)]
    if is_again:
        before, after = (make(site, sys.executable, paused) for make in (save_paused_of, pause_again_of))
        steps = [before, *steps, after]
    for step in steps:
        if not stop.is_set():
            run_once(step, _say, stop)


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
    with suppress(BrokenPipeError):  # The reader of the pipe has gone; the services continue.
        print(f"{name:<8} | {line}", file=sys.stderr, flush=True)
