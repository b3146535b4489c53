"""The commands that print tables after `newsdesk demo`: a table fits the terminal."""

import pytest
from rich.cells import cell_len

from tests.support.desks import Desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The home that a demo made. Nothing but its folder is set."""
    folder = tmp_path_factory.mktemp("tables")
    done = Desk({"NEWSDESK_HOME": str(folder)}).run("demo")
    assert done.returncode == 0, done.stderr
    return Desk({"NEWSDESK_HOME": str(folder / "demo")})


TABLES = (
    ("status",),
    ("sql", "FROM main.articles"),
    ("sql", "FROM main.articles ORDER BY article_id LIMIT 2"),
    ("sql", "FROM ops.requests ORDER BY sent_at, url LIMIT 20"),
    ("report",),
    ("report", "latest_headlines"),
    ("report", "source_health"),
    ("sources", "list"),
    ("politeness",),
    ("politeness", "talblick.example"),
    ("health",),
    ("archive", "stats"),
    ("archive", "check"),
)
"""Every command that prints a table and needs no network."""


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
@pytest.mark.parametrize("columns", ["80", "50"])
def test_a_table_fits_the_columns_that_a_pipe_has(desk: Desk, words: tuple[str, ...], columns: str) -> None:
    done = desk.run(*words, COLUMNS=columns)
    assert done.returncode == 0, done.stderr
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= int(columns)


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_a_table_is_wide_or_made_of_records_where_that_is_asked(desk: Desk, words: tuple[str, ...]) -> None:
    narrow, wide, record = (desk.run(*words, *option, COLUMNS="40") for option in ((), ("--wide",), ("--record",)))
    assert "left out at" not in wide.stdout + record.stdout
    assert sorted(wide.stdout.splitlines()) == sorted(desk.run(*words).stdout.splitlines())
    if "\u2500" in narrow.stdout:
        assert "-- record 1 --" in record.stdout


def test_a_query_may_begin_with_a_comment(desk: Desk) -> None:
    done = desk.run("sql", "-- One row is one number.\nSELECT 1 AS one;", "--format", "csv")
    assert (done.returncode, done.stdout) == (0, "one\n1\n"), done.stderr
