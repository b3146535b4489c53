"""A warehouse copied elsewhere: all of it, verified, or nothing."""

import shutil
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError, RefusedError
from tests.support.warehouse import places
from tests.support.warehouse.batch_samples import NOON, batch_of, full_batch, hours, run, urls
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look
from tests.warehouse.tables.test_maintain import rows_of
from warehouse.database.connection import Session, Warehouse
from warehouse.load.load import load_run
from warehouse.tables import copy as copying
from warehouse.tables.copy import COPIED, Copied, copy_warehouse
from warehouse.tables.maintain import merge_files
from warehouse.tables.tables import Table


@pytest.fixture
def filled(home: Path) -> str:
    """A warehouse on files with rows in every table."""
    with Warehouse(places.url_of(home)) as warehouse:
        load_batch(warehouse, full_batch(), NOON)
        load_batch(warehouse, batch_of(urls(20), "second", "run-2", NOON + hours(1)), NOON)
        load_run(warehouse, run())
    return places.url_of(home)


@pytest.mark.parametrize("place", places.BOTH, indirect=True, scope="session")
def test_a_copy_has_every_row_and_takes_loads(filled: str, place: places.Place, tmp_path: Path) -> None:
    target = place.empty(tmp_path)

    copied = copy_warehouse(filled, target, NOON)

    assert [each.table for each in copied] == [table.full_name for table in COPIED]
    with Warehouse(filled) as before, Warehouse(target) as after:
        counted = {name: len(rows) for name, rows in rows_of(before).items()}
        assert {each.table: each.rows for each in copied}.items() <= counted.items()
        assert rows_of(after) == rows_of(before) | {"ops.migrations": rows_of(after)["ops.migrations"]}
        assert load_batch(after, full_batch(), NOON).is_replay
        assert load_batch(after, batch_of(urls(21), "third", "run-3", NOON + hours(2)), NOON).versions_inserted == 1
        assert ask(after, "SELECT count(*) FROM main.articles") == [(21,)]


@places.only_on_services
def test_a_copy_comes_back_from_services_to_files(own: Warehouse, url: str, tmp_path: Path) -> None:
    load_batch(own, batch_of(urls(3)), NOON)
    load_batch(own, batch_of(urls(3, start=3), "b2", "run-2"), NOON)
    merge_files(own)

    copy_warehouse(url, places.url_of(tmp_path / "back"), NOON)

    with Warehouse(places.url_of(tmp_path / "back")) as back:
        assert look(back, "FROM main.articles ORDER BY url") == look(own, "FROM main.articles ORDER BY url")


def test_a_target_that_holds_rows_is_refused_and_left_alone(filled: str, migrated: Path, tmp_path: Path) -> None:
    target = places.url_of(Path(shutil.copytree(migrated, tmp_path / "target")))
    with Warehouse(target) as warehouse:
        load_batch(warehouse, batch_of(urls(1)), NOON)

    with pytest.raises(RefusedError, match="is not empty"):
        copy_warehouse(filled, target, NOON)

    with Warehouse(target) as warehouse:
        assert look(warehouse, "SELECT count(*) FROM main.article_versions") == [(1,)]


def test_a_copy_that_differs_is_undone_and_can_be_made_again(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = places.url_of(tmp_path / "target")
    measure = copying._measure

    def after_a_bit_flipped(session: Session, database: str, table: Table) -> Copied:
        if database == "lake" and table.name == "article_versions" and measure(session, database, table).rows:
            session.script("UPDATE lake.main.article_versions SET word_count = word_count + 1 WHERE url LIKE '%7'")
        return measure(session, database, table)

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_measure", after_a_bit_flipped)
        with pytest.raises(NewsdeskError, match=r"the copy of main\.article_versions differs"):
            copy_warehouse(filled, target, NOON)

    with Warehouse(target) as warehouse:
        assert {name: rows for name, rows in rows_of(warehouse).items() if rows}.keys() == {"ops.migrations"}
    assert copy_warehouse(filled, target, NOON)[0].rows == 20


def test_two_warehouses_never_share_a_data_folder(filled: str, home: Path, tmp_path: Path) -> None:
    inside = f"ducklake:sqlite:{tmp_path}/other.sqlite?data={home}/data/copy/"

    with pytest.raises(RefusedError, match="give the copy another folder"):
        copy_warehouse(filled, inside, NOON)


def test_a_source_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="there is no warehouse"):
        copy_warehouse(places.url_of(tmp_path / "gone"), places.url_of(tmp_path / "target"), NOON)

    assert list(tmp_path.iterdir()) == []
