"""The commands that print tables after `newsdesk demo`: a table fits the terminal."""

import subprocess
import sys

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


def test_a_client_with_one_thread_reads_every_view_whole(desk: Desk) -> None:
    """DuckDB with one thread stood still for ever at main.articles: a UNION ALL that is read some rows at a time."""
    program = (
        "import sys, duckdb\n"
        "file = duckdb.connect(sys.argv[1], read_only=True, config={'threads': 1})\n"
        "views = file.sql('SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal').fetchall()\n"
        "for schema, view in views:\n"
        "    print(schema, view, len(file.execute(f'FROM {schema}.{view}').fetchall()))\n"
    )
    file = f"{desk.environment['NEWSDESK_HOME']}/newsdesk.duckdb"
    done = subprocess.run(
        [sys.executable, "-c", program, file], capture_output=True, text=True, timeout=120, check=True
    )
    rows = {tuple(line.split()[:2]): int(line.split()[2]) for line in done.stdout.splitlines()}
    assert rows["main", "articles"] == 57
    assert {schema for schema, _ in rows} >= {"main", "ops", "reports"}
