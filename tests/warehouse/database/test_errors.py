"""What goes wrong with the database is told in words that say what to do."""

from pathlib import Path

import pytest

from schemas.errors import DamagedError, DiskFullError, NewsdeskError, RefusedError, SettingsError, TemporaryError
from tests.support.warehouse.places import url_of
from warehouse.database.address import Address
from warehouse.database.connection import Session, Warehouse
from warehouse.database.errors import meaning


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('IO Error: Could not write file "x.parquet": No space left on device', DiskFullError),
        ("Failed to execute: database or disk is full", DiskFullError),
        ("TransactionContext Error: Failed to commit: database is locked", TemporaryError),
        ("TransactionContext Error: Transaction conflict - attempting to insert into table", TemporaryError),
        ('IO Error: Could not set lock on file "x": Conflicting lock is held', TemporaryError),
        ("IO Error: server closed the connection unexpectedly", TemporaryError),
        ('IO Error: Cannot open file "x": Permission denied', RefusedError),
        ('Failed to execute query "PRAGMA journal_mode=WAL": attempt to write a readonly database', RefusedError),
        ("Out of Memory Error: failed to allocate data of size 1.0 GiB", RefusedError),
        ('IO Error: Could not read from file "x": Input/output error', RefusedError),
        ("IO Error: No files found that match the pattern 's3://x/y.parquet'", DamagedError),
        ("Invalid Input Error: No magic bytes found at end of file 'x.parquet'", DamagedError),
        ("PRAGMA journal_mode=WAL: file is not a database", DamagedError),
        ("Binder Error: no such column", NewsdeskError),
    ],
)
def test_each_fault_has_its_kind(text: str, kind: type[NewsdeskError]) -> None:
    assert type(meaning(text, "loading")) is kind


@pytest.mark.parametrize(
    "text",
    [
        "IO Error: Unable to connect to Postgres at host=db user=me password=s3cret dbname=x",
        "IO Error: Unable to connect to Postgres at postgresql://me:s3cret@db/x",
        "IO Error: Unable to connect to Postgres at \"host=db password='s3 cret' dbname=x\"",
    ],
)
def test_no_password_is_told(text: str) -> None:
    assert "cret" not in str(meaning(text, "opening"))


@pytest.mark.parametrize(
    "url", ["", "duckdb:x", "ducklake:mysql:x?data=y", "ducklake:sqlite:x", "ducklake:sqlite:?data=y"]
)
def test_a_url_of_another_form_names_the_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="NEWSDESK_WAREHOUSE = "):
        Address.parse(url)


def test_paths_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    address = Address.parse("ducklake:sqlite:var/c.sqlite?data=var/data")

    assert address == Address("sqlite", f"{tmp_path}/var/c.sqlite", f"{tmp_path}/var/data/")


def test_a_catalog_elsewhere_keeps_its_words() -> None:
    address = Address.parse("ducklake:postgres:host=db dbname=news?data=s3://bucket/news")

    assert address == Address("postgres", "host=db dbname=news", "s3://bucket/news/")
    assert (address.is_remote, address.name) == (True, "the PostgreSQL catalog")


def test_a_memory_limit_that_is_none_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NEWSDESK_DUCKDB_MEMORY = 'lots'"):
        Warehouse(url_of(tmp_path), memory="lots")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(RefusedError, match="folders of the warehouse"):
        Warehouse(url_of(tmp_path / "file"))


def test_a_catalog_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").write_text("not a database" * 1000)

    with pytest.raises(NewsdeskError, match="file is not a database"):
        Warehouse(url_of(tmp_path))


def test_names_with_quotes_are_only_names(tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path / "it's a 'home'")) as warehouse:
        warehouse.write("it's", lambda session: session.script("CREATE TABLE t (a INT)"))

    assert (tmp_path / "it's a 'home'" / "catalog.sqlite").exists()


def test_a_conflict_is_tried_again_and_then_told(warehouse: Warehouse) -> None:
    tries: list[int] = []

    def conflict(session: Session) -> int:
        tries.append(1)
        session.script("INSERT INTO main.links_out VALUES (uuid(), 1, 1, 'u', NULL, 'r', NULL, NULL)")
        if len(tries) < 3:
            raise TemporaryError("transaction conflict")
        return len(tries)

    assert warehouse.write("test", conflict) == 3
    with warehouse.read() as session:
        assert session.script("SELECT count(*) FROM main.links_out") == [(1,)]
