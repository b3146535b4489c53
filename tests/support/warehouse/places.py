"""Places: what a warehouse under test is made of."""

import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from tests.support.warehouse.batch_samples import NOON
from tests.support.warehouse.services import BUCKET, copy_objects, create_database
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

FILES = "files"
SERVICES = "postgres-s3"
BOTH = (FILES, SERVICES)
only_on_files = pytest.mark.parametrize("place", [FILES], indirect=True, scope="session")
only_on_services = pytest.mark.parametrize("place", [SERVICES], indirect=True, scope="session")


class Place(Protocol):
    """Makes warehouses."""

    def empty(self, folder: Path) -> str:
        """The setting of a warehouse that nobody made yet; `folder` is the test's own."""

    def fresh(self, folder: Path) -> str:
        """The setting of an empty, migrated warehouse, in `folder` where it is on files."""


class Files(NamedTuple):
    """SQLite and local files; `template` holds a migrated warehouse."""

    template: Path

    def empty(self, folder: Path) -> str:
        """See `Place`."""
        return url_of(folder / "empty")

    def fresh(self, folder: Path) -> str:
        """See `Place`."""
        return url_of(copy_of(self.template, folder))


class Services(NamedTuple):
    """PostgreSQL and an object store, whose variables `store` are in the environment."""

    dsn: str
    store: Mapping[str, str]
    numbers: "count[int]"

    def empty(self, folder: Path) -> str:
        """See `Place`."""
        name = f"empty{next(self.numbers)}"
        return self._url(create_database(self.dsn, name), name)

    def fresh(self, folder: Path) -> str:
        """See `Place`."""
        name = f"news{next(self.numbers)}"
        copy_objects(self.store["AWS_ENDPOINT_URL"], "migrated/", f"{name}/")
        return self._url(create_database(self.dsn, name, "migrated"), name)

    def prepare(self) -> None:
        """Make the database that others are copies of."""
        with Warehouse(self._url(create_database(self.dsn, "migrated"), "migrated")) as warehouse:
            migrate(warehouse, NOON)

    def _url(self, dsn: str, name: str) -> str:
        return f"ducklake:postgres:{dsn}?data=s3://{BUCKET}/{name}/"


def url_of(folder: Path) -> str:
    """The setting of a warehouse on files below `folder`."""
    return f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/"


def copy_of(template: Path, folder: Path) -> Path:
    """`folder`/home, a copy of the template unless it is there."""
    return folder / "home" if (folder / "home").exists() else Path(shutil.copytree(template, folder / "home"))
