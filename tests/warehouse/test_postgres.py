"""The same warehouse on a PostgreSQL catalog, served by a real server on loopback where the machine has one."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.reading import look
from tests.warehouse.samples import NOON, batch_of, full_batch, urls
from tests.warehouse.test_together import DOUBLES, ROOT, SUMS, WRITER
from warehouse.answers import answer_rows
from warehouse.connection import Session, Warehouse
from warehouse.load import load_batch
from warehouse.migrate import migrate
from warehouse.publish import publish_reader

pytestmark = pytest.mark.skipif(not shutil.which("initdb"), reason="the machine has no PostgreSQL server")
SERVER = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"


def unprivileged() -> str | None:
    """A user to run the server as, since it refuses to be run by root; None: the one who runs the test."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return None if os.geteuid() else next(name for name in ("postgres", "nobody") if name in names)


@pytest.fixture(scope="module")
def dsn() -> Iterator[str]:
    """Connection words of an empty server."""
    user = unprivileged()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if user:
            shutil.chown(folder, user)
        subprocess.run(
            ["initdb", "-D", f"{folder}/db", "-A", "trust", "-U", "newsdesk", "--no-sync"],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        control = ["pg_ctl", "-D", f"{folder}/db", "-w", "-o", f"-p {port} {SERVER}", "-l", f"{folder}/log"]
        subprocess.run([*control, "start"], user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        yield f"host=127.0.0.1 port={port} user=newsdesk dbname=postgres"
        stop = ["pg_ctl", "-D", f"{folder}/db", "-w", "-m", "immediate", "stop"]
        subprocess.run(stop, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture
def url(dsn: str, tmp_path: Path) -> str:
    """A warehouse on a database of the test's own."""
    name = f"news{abs(hash(str(tmp_path)))}"
    with Warehouse(f"ducklake:postgres:{dsn}?data={tmp_path}/none/") as server:
        create = f"CALL postgres_execute('gate', 'CREATE DATABASE {name}', use_transaction = false)"
        with server.read() as session:
            session.script(create)
    mine = f"ducklake:postgres:{dsn.replace('dbname=postgres', f'dbname={name}')}?data={tmp_path}/data/"
    with Warehouse(mine) as warehouse:
        migrate(warehouse, NOON)
    return mine


def writer(url: str, name: str, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, url, name, str(rounds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_batch_is_loaded_once_and_published(url: str, tmp_path: Path) -> None:
    with Warehouse(url) as warehouse:
        load_batch(warehouse, full_batch(), NOON)
        again = load_batch(warehouse, full_batch(), NOON)
        publish_reader(warehouse, tmp_path / "newsdesk.duckdb")

    assert again.is_replay
    assert answer_rows(tmp_path / "newsdesk.duckdb", "SELECT count(*) FROM main.articles").rows == [(3,)]


def test_two_processes_lose_and_double_nothing(url: str) -> None:
    writers = [writer(url, name, 3) for name in ("one", "two")]
    for process in writers:
        process.communicate(timeout=60)

    with Warehouse(url) as warehouse:
        assert look(warehouse, DOUBLES) == []
        assert look(warehouse, SUMS) == [(240, 240)]


def test_a_writer_that_is_killed_frees_the_gate(url: str) -> None:
    process = writer(url, "one", 1000)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()

    with Warehouse(url) as warehouse:
        assert load_batch(warehouse, batch_of(urls(2), "after", "after"), NOON).is_replay is False
        rows = look(warehouse, SUMS)
        assert rows[0][0] == rows[0][1]


def test_a_lost_connection_is_made_again(url: str) -> None:
    tries: list[int] = []

    def cut_off(session: Session) -> int:
        tries.append(1)
        session.script("INSERT INTO main.links_out VALUES (uuid(), 1, 1, 'u', NULL, 'r')")
        if len(tries) == 1:
            ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            session.script(f"FROM postgres_query('gate', '{ends}')")
        return len(tries)

    with Warehouse(url) as warehouse:
        assert warehouse.write("test", cut_off) == 2
        assert look(warehouse, "SELECT count(*) FROM main.links_out") == [(1,)]
