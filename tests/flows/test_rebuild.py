"""A warehouse made again from the archive alone holds what it held before."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from flows import rebuild
from flows.runs import run_flow
from schemas.errors import RefusedError
from schemas.settings import Settings
from tests.flows.newsrooms import ask, ingest, settings_for
from warehouse.newsroom import Newsroom

OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CAPTURED = "kind = 'article' AND capture_id IS NOT NULL"


class Twice(NamedTuple):
    """One archive, and two warehouses of it: the one that was loaded by runs, and the one rebuilt."""

    first: Settings
    second: Settings


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    home = tmp_path_factory.mktemp("rebuild")
    with Newsroom(OPENED_AT) as newsroom:
        first = settings_for(home / "first", newsroom)
        ingest(first, OPENED_AT + timedelta(minutes=2))
        newsroom.edition = 2
        ingest(first, OPENED_AT + timedelta(minutes=40))
    second = first.model_copy(update={"home": home / "second", "archive": str(first.archive_path), "hosts": ()})
    run_flow("rebuild", rebuild.stages, [], second, now=OPENED_AT + timedelta(hours=9))
    return Twice(first, second)


def rows(settings: Settings, sql: str) -> list[dict[str, Any]]:
    return ask(settings, f"{sql} ORDER BY ALL")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * EXCLUDE (loaded_at) FROM main.article_versions",
        "FROM main.links_out",
        "FROM main.captures",
        f"SELECT * EXCLUDE (at_utc) FROM ops.outcomes WHERE {CAPTURED}",
        "SELECT * EXCLUDE (at_utc) FROM ops.quarantine",
    ],
    ids=["article_versions", "links_out", "captures", "outcomes", "quarantine"],
)
def test_a_table_is_rebuilt_row_for_row(twice: Twice, sql: str) -> None:
    assert rows(twice.second, sql) == rows(twice.first, sql)


def test_nothing_was_compared_with_nothing(twice: Twice) -> None:
    counts = "SELECT (SELECT count(*) FROM main.article_versions) AS v, (SELECT count(*) FROM main.captures) AS c"
    assert rows(twice.first, counts)[0]["v"] > 50
    assert rows(twice.first, counts)[0]["c"] > 60


def test_a_version_that_came_later_is_rebuilt_as_the_second(twice: Twice) -> None:
    assert rows(twice.second, "SELECT max(version) AS v FROM main.article_versions") == [{"v": 2}]


def test_a_warehouse_that_holds_something_is_not_rebuilt_over(twice: Twice) -> None:
    with pytest.raises(RefusedError, match="is not empty"):
        run_flow("rebuild", rebuild.stages, [], twice.first)
