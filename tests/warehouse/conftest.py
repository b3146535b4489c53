"""Fixtures: empty, migrated warehouses, on files and on PostgreSQL with an object store."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.warehouse.batch_samples import NOON
from tests.support.warehouse.places import BOTH, FILES, Files, Place, Services, copy_of, url_of
from tests.support.warehouse.services import need_postgres, object_store, postgres
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.migrate import migrate
from warehouse.tables.tables import TABLES

CORE = frozenset({"load", "publish", "together"})
"""These run at both places always; with TEST_PLACES=both (`make everywhere`) every other test does, too."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Chooses the places of a test that does not name its own."""
    named = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "place" in metafunc.fixturenames and "place" not in named:
        is_core = metafunc.module.__name__.rpartition("test_")[2] in CORE
        is_both = is_core or os.environ.get("TEST_PLACES") == "both"
        metafunc.parametrize("place", BOTH if is_both else (FILES,), indirect=True, scope="session")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty warehouse, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    with Warehouse(url_of(folder)) as warehouse:
        migrate(warehouse, NOON)
    return folder


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """The services, with a migrated database to be copied; the environment names the store."""
    need_postgres()
    with postgres() as dsn, object_store() as store, pytest.MonkeyPatch.context() as patch:
        for name, value in store.items():
            patch.setenv(name, value)
        patch.delenv("AWS_CA_BUNDLE", raising=False)
        made = Services(dsn, store, count(1))
        made.prepare()
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Connection words of a PostgreSQL server."""
    need_postgres()
    with postgres() as words:
        yield words


@pytest.fixture(scope="session")
def place(request: pytest.FixtureRequest) -> Place:
    """Where the warehouses of a test are."""
    if request.param == FILES:
        return Files(request.getfixturevalue("migrated"))
    made: Services = request.getfixturevalue("services")
    return made


@pytest.fixture(scope="session")
def shared(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse that tests take turns at: to open one costs a fifth of a second, to empty it less."""
    with Warehouse(place.fresh(tmp_path_factory.mktemp("shared"))) as one:
        yield one


@pytest.fixture
def warehouse(shared: Warehouse) -> Iterator[Warehouse]:
    """An empty warehouse; tests may fill its tables, and change nothing else about it."""
    yield shared
    shared.write("empty", empty)


def empty(session: Session) -> None:
    """Delete all rows; a table without files has none, and to delete them costs as much as many."""
    names = {table.name: table.full_name for table in TABLES if table.name != "migrations"}
    files = session.script("SELECT table_name FROM ducklake_table_info('lake') WHERE file_count > 0")
    session.script("; ".join(f"DELETE FROM {names[name]}" for (name,) in files if name in names) or "FROM range(0)")


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    """A folder with an empty warehouse of the test's own."""
    return copy_of(migrated, tmp_path)


@pytest.fixture
def url(place: Place, tmp_path: Path) -> str:
    """The setting of an empty warehouse of the test's own; on files, in `home`."""
    return place.fresh(tmp_path)


@pytest.fixture
def own(url: str) -> Iterator[Warehouse]:
    """An empty warehouse of the test's own, at `url`."""
    with Warehouse(url) as one:
        yield one
