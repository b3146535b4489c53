"""The reader file in other versions of DuckDB, while processes load."""

import json
import subprocess
import time
from pathlib import Path

from tests.support.clients import VERSIONS, python_of
from tests.support.warehouse.batch_samples import NOON, full_batch
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import published
from tests.warehouse.load.test_load_together import writer
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader

CLIENT = """
import duckdb, json, sys, time
told = {"duckdb": duckdb.__version__, "looks": 0, "torn": 0, "rows": 0}
while told["rows"] < int(sys.argv[2]):
    news = duckdb.connect(sys.argv[1], read_only=True, config={"autoinstall_known_extensions": False})
    news.execute("SET enable_progress_bar = false")
    first, told_by_loads, second = news.execute(
        "SELECT (SELECT count(*) FROM main.article_versions), "
        "(SELECT sum(versions_inserted)::BIGINT FROM ops.loads), "
        "(SELECT count(body) FROM main.article_versions)"
    ).fetchall()[0]
    told["torn"] += not first == told_by_loads == second
    told["rows"] = first
    told["looks"] += 1
    news.close()
    time.sleep(0.1)
news = duckdb.connect(sys.argv[1], read_only=True)
told["titles"] = news.execute("SELECT DISTINCT title FROM main.articles").fetchall()
told["without_comment"] = news.execute(
    "SELECT table_name, column_name FROM duckdb_columns() "
    "WHERE comment IS NULL AND schema_name IN ('main', 'ops') AND NOT internal"
).fetchall()
told["described"] = news.execute(
    "SELECT count(*) FROM duckdb_columns() WHERE table_name = 'articles' AND comment <> ''"
).fetchall()[0][0]
for (report,) in news.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'reports'").fetchall():
    news.execute(f"SELECT * FROM reports.{report}").fetchmany(1)
print(json.dumps(told))
"""
ROWS = 40
"""Articles that four writers of the same batch leave; three of them were there before."""
DEADLINE_S = 300


def look(version: str, path: Path) -> "subprocess.Popen[str]":
    """A client that opens the file again and again, until it shows all rows."""
    command = [str(python_of(version)), "-I", "-c", CLIENT, str(path), str(ROWS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_each_version_of_duckdb_reads_whole_snapshots_while_four_processes_load(home: Path) -> None:
    with Warehouse(url_of(home)) as warehouse:
        load_batch(warehouse, full_batch(), NOON)
        path = published(warehouse)
        clients = [look(version, path) for version in VERSIONS]
        writers = [writer(url_of(home), name, 1) for name in ("one", "two", "three", "four")]
        give_up = time.monotonic() + DEADLINE_S
        while any(client.poll() is None for client in clients) and time.monotonic() < give_up:
            publish_reader(warehouse, path)
        told = [client.communicate(timeout=1) for client in clients]
        assert [process.communicate() and process.returncode for process in writers] == [0] * 4

    assert [error for _, error in told] == [""] * len(VERSIONS)
    answers = [json.loads(answer) for answer, _ in told]
    assert [each["duckdb"] for each in answers] == list(VERSIONS)
    assert [(each["rows"], each["torn"], each["without_comment"]) for each in answers] == [(ROWS, 0, [])] * 3
    assert all(each["looks"] > 1 for each in answers)
    assert all(each["titles"] == [["Ferry sails"]] and each["described"] > 20 for each in answers)
