"""Opens the warehouse of the settings for a command that needs no other equipment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from schemas.errors import RefusedError
from schemas.settings import Settings
from warehouse.database.address import Address
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

T = TypeVar("T")


@contextmanager
def open_warehouse(settings: Settings) -> Iterator[Warehouse]:
    """The warehouse as it is: no migration is applied. Made where there is none."""
    with Warehouse(settings.warehouse_url, settings.duckdb_memory) as warehouse:
        yield warehouse


@contextmanager
def open_migrated(settings: Settings, now: datetime) -> Iterator[Warehouse]:
    """The warehouse with every migration applied; `now` is the instant (UTC) they are recorded with. Made where
    there is none."""
    with open_warehouse(settings) as warehouse:
        migrate(warehouse, now)
        yield warehouse


def correct(settings: Settings, now: datetime, work: Callable[[Warehouse, datetime], T]) -> T:
    """What a person's word changes in the warehouse, with a reader file behind it that shows it; `now` (UTC) is when
    it was said. Raises `RefusedError` where there is no warehouse."""
    check_exists(settings)
    with open_migrated(settings, now) as warehouse:
        done = work(warehouse, now)
        publish_reader(warehouse, settings.reader_path)
    return done


def check_exists(settings: Settings) -> None:
    """Raises `RefusedError` where the settings name a warehouse that does not exist yet."""
    address = Address.parse(settings.warehouse_url)
    if not address.is_there():
        raise RefusedError(f"there is no warehouse at {address.name!r}")
