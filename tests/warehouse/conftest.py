"""Fixtures: an empty, migrated warehouse in a folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.samples import NOON
from warehouse.connection import Warehouse
from warehouse.migrate import migrate
from warehouse.tables import TABLES


def url_of(folder: Path) -> str:
    """The setting of a warehouse below `folder`."""
    return f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty warehouse, to be copied."""
    folder = tmp_path_factory.mktemp("migrated")
    with Warehouse(url_of(folder)) as warehouse:
        migrate(warehouse, NOON)
    return folder


@pytest.fixture(scope="session")
def shared(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A warehouse that tests take turns at: to open one costs a fifth of a second, to empty it less."""
    home = Path(shutil.copytree(migrated, tmp_path_factory.mktemp("shared") / "home"))
    with Warehouse(url_of(home)) as one:
        yield one


@pytest.fixture
def warehouse(shared: Warehouse) -> Iterator[Warehouse]:
    """An empty warehouse; tests may fill its tables, and change nothing else about it."""
    yield shared
    full = [table.full_name for table in TABLES if table.name != "migrations"]
    shared.write("empty", lambda session: session.script("; ".join(f"DELETE FROM {name}" for name in full)))


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    """A folder with an empty warehouse of the test's own."""
    return Path(shutil.copytree(migrated, tmp_path / "home"))


@pytest.fixture
def own(home: Path) -> Iterator[Warehouse]:
    """An empty warehouse of the test's own, in `home`."""
    with Warehouse(url_of(home)) as one:
        yield one
