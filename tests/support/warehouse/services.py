"""Services: a PostgreSQL server and an object store on loopback, real ones, started once a session of tests."""

import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

DEBIAN = "/usr/lib/postgresql/*/bin"
SERVER = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200"
BUCKET = "newsdesk"
START_S = 30.0


def server_program(name: str) -> str | None:
    """A program of the PostgreSQL server; Debian keeps them off the PATH."""
    places = sorted(Path("/").glob(f"{DEBIAN}/{name}".lstrip("/")))
    return shutil.which(name) or next((str(path) for path in reversed(places)), None)


def need_postgres() -> None:
    """Skip the test where the machine has no PostgreSQL; in CI that is a failure."""
    if server_program("initdb"):
        return
    reason = "the machine has no PostgreSQL server: `make services` installs Debian's"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def postgres() -> Iterator[str]:
    """Connection words of an empty server."""
    user = _unprivileged()
    initdb, control = server_program("initdb"), server_program("pg_ctl")
    assert initdb is not None
    assert control is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        make = [initdb, "-D", f"{folder}/db", "-A", "trust", "-U", "newsdesk", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, user=user, cwd=folder, check=True, capture_output=True)
        port = free_port()
        command = [control, "-D", f"{folder}/db", "-w"]
        start = [*command, "-o", f"-p {port} {SERVER}", "-l", f"{folder}/log", "start"]
        subprocess.run(start, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"host=127.0.0.1 port={port} user=newsdesk dbname=postgres"
        finally:
            stop = [*command, "-m", "immediate", "stop"]
            subprocess.run(stop, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def object_store() -> Iterator[Mapping[str, str]]:
    """The variables by which a client finds a store with an empty bucket."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await_port(port, server)
            with urlopen(Request(f"http://127.0.0.1:{port}/{BUCKET}", method="PUT")):
                yield {
                    "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
                    "AWS_ACCESS_KEY_ID": "tester",
                    "AWS_SECRET_ACCESS_KEY": "key-that-no-log-shows",
                    "AWS_REGION": "us-east-1",
                }
        finally:
            server.kill()


def create_database(dsn: str, name: str, template: str = "template0") -> str:
    """The connection words of a new database on the server, a copy of `template`."""
    sql = f"CREATE DATABASE {name} TEMPLATE {template}"
    subprocess.run(["psql", "-qX", "-d", dsn, "-c", sql], check=True, capture_output=True)
    return dsn.replace("dbname=postgres", f"dbname={name}")


def copy_objects(endpoint: str, prefix: str, to: str) -> None:
    """Copy all objects below one prefix of the bucket below another."""
    with urlopen(f"{endpoint}/{BUCKET}?list-type=2&prefix={prefix}") as answer:
        keys = re.findall(r"<Key>([^<]+)</Key>", answer.read().decode())
    for key in keys:
        headers = {"x-amz-copy-source": f"/{BUCKET}/{key}"}
        target = f"{endpoint}/{BUCKET}/{to}{key.removeprefix(prefix)}"
        urlopen(Request(target, method="PUT", headers=headers)).close()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _unprivileged() -> str | None:
    """A user to run the server as, since it refuses to be run by root; None: the one who runs the test."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return None if os.geteuid() else next(name for name in ("postgres", "nobody") if name in names)


def _await_port(port: int, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < give_up:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the object store did not start")
