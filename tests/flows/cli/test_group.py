"""The command line as a user meets it: output, errors and exit codes of the real program."""

import json
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tasks.demo_site import Newsroom
from tests.support.desks import NEWSDESK, Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.repository import ROOT

SMALL_DISK_BYTES = 400_000


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home in which one ingest was run."""
    desk = Desk(environment_for(settings_for(tmp_path_factory.mktemp("cli"), newsroom)))
    done = desk.run("ingest")
    assert done.returncode == 0, done.stderr
    return desk


@pytest.fixture
def empty_desk(newsroom: Newsroom, tmp_path: Path) -> Desk:
    return Desk(environment_for(settings_for(tmp_path / "home", newsroom)))


def test_ingest_prints_its_report_to_standard_output_and_progress_to_standard_error(empty_desk: Desk) -> None:
    done = empty_desk.run("ingest", "talblick")
    assert done.stdout.startswith("All well")
    assert "fetch done=" in done.stderr


def test_sql_as_json_is_one_array_of_objects(desk: Desk) -> None:
    rows = desk.json(
        "sql", "SELECT source, count(*) AS n FROM main.articles GROUP BY source ORDER BY source", "--format", "json"
    )
    assert [row["source"] for row in rows] == ["dnipro-visnyk", "harbour-gazette", "talblick"]  # type: ignore[attr-defined]  # JSON


def test_sql_as_csv_has_a_header(desk: Desk) -> None:
    lines = desk.run("sql", "SELECT 1 AS one, 'a,b' AS two", "--format", "csv").stdout.splitlines()
    assert lines == ["one,two", '1,"a,b"']


def test_sql_as_parquet_can_be_read_by_others(desk: Desk, tmp_path: Path) -> None:
    done = desk.run_raw("sql", "SELECT title FROM main.articles", "--format", "parquet")
    (tmp_path / "titles.parquet").write_bytes(done.stdout)
    assert pq.read_table(tmp_path / "titles.parquet").num_rows > 50


@pytest.mark.parametrize(
    ("query", "words"),
    [("SELEC 1", "syntax"), ("DROP TABLE ops.runs", "one SELECT"), ("SELECT titel FROM main.articles", "title")],
)
def test_a_wrong_query_is_a_usage_error_that_helps(desk: Desk, query: str, words: str) -> None:
    done = desk.run("sql", query)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_query_cannot_read_files_beside_the_warehouse(desk: Desk) -> None:
    done = desk.run("sql", "SELECT * FROM read_text('/etc/passwd')")
    assert done.returncode != 0
    assert "root:" not in done.stdout


def test_status_counts_what_is_there(desk: Desk) -> None:
    status = desk.json("status", "--json")
    assert status["totals"]["articles"] > 50  # type: ignore[index]  # JSON
    assert status["totals"]["unaccounted_urls"] == 0  # type: ignore[index]  # JSON


def test_status_for_people_names_every_source(desk: Desk) -> None:
    assert "harbour-gazette" in desk.run("status").stdout


def test_metrics_are_what_prometheus_reads(desk: Desk) -> None:
    lines = desk.run("metrics").stdout
    values = {one.name: one.value for family in text_string_to_metric_families(lines) for one in family.samples}
    assert values["newsdesk_articles"] > 50
    assert values["newsdesk_last_run_loaded"] > 50


def test_health_names_no_source_that_is_well(desk: Desk) -> None:
    assert desk.json("health", "--json") == []


def test_health_names_a_source_that_no_run_took_up(desk: Desk, tmp_path: Path) -> None:
    line = 'name = "x"\nhomepage = "http://x.example/"\nfeeds = ["http://x.example/f"]\n'
    line += 'language = "en"\ncountry = "gb"\n'
    (tmp_path / "talblick.toml").write_text(line)
    (tmp_path / "stranger.toml").write_text(line.replace("x.example", "y.example"))
    done = desk.run("health", NEWSDESK_SOURCES=str(tmp_path))
    assert done.returncode == 0
    assert "source_never_polled" in done.stdout


def test_explain_tells_a_rejection(desk: Desk, newsroom: Newsroom) -> None:
    done = desk.run("explain", f"{newsroom.specials()['consent']}?fbclid=of-a-reader")
    assert done.returncode == 0
    assert "consent_page" in done.stdout


def test_explain_says_which_rule_left_a_block_of_the_page_out(desk: Desk, newsroom: Newsroom) -> None:
    done = desk.run("explain", newsroom.specials()["changed"])
    assert done.returncode == 0, done.stderr
    assert "left out  " in done.stdout


def test_explain_of_a_stranger_says_so_and_fails(desk: Desk) -> None:
    done = desk.run("explain", "http://nowhere.example/x")
    assert (done.returncode, done.stdout) == (1, "the warehouse does not know http://nowhere.example/x\n")


def test_report_lists_the_reports_and_prints_one(desk: Desk) -> None:
    assert "articles_per_day" in desk.run("report").stdout
    assert "talblick" in desk.run("report", "articles_per_day").stdout


def test_the_list_of_reports_cuts_no_sentence_at_80_columns(desk: Desk) -> None:
    listed = desk.run("report", COLUMNS="80").stdout
    assert max(map(len, listed.splitlines())) <= 80
    assert "…" not in listed.replace("reverted …", "")


def test_a_misspelt_report_is_named_with_the_nearest(desk: Desk) -> None:
    done = desk.run("report", "article_per_day")
    assert (done.returncode, "articles_per_day" in done.stderr) == (2, True)


def test_reading_before_the_first_run_says_what_to_do(empty_desk: Desk) -> None:
    done = empty_desk.run("status")
    assert done.returncode == 1
    assert "newsdesk ingest" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("NEWSDESK_HOMES", "x", "did you mean 'NEWSDESK_HOME'"),
        ("NEWSDESK_FETCH_THREADS", "many", "NEWSDESK_FETCH_THREADS = 'many'"),
        ("NEWSDESK_RUNNER", "cron", "NEWSDESK_RUNNER = 'cron'"),
        ("NEWSDESK_ALLOW_ADDRESSES", "localhost", "NEWSDESK_ALLOW_ADDRESSES"),
        ("NEWSDESK_SOURCES", "/no/such/folder", "no folder of sources"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(empty_desk: Desk, name: str, value: str, hint: str) -> None:
    done = empty_desk.run("ingest", **{name: value})
    assert done.returncode == 4
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_source_is_refused_with_the_nearest(empty_desk: Desk) -> None:
    done = empty_desk.run("ingest", "talblik")
    assert (done.returncode, "did you mean 'talblick'" in done.stderr) == (4, True)


def test_a_source_that_does_not_answer_ends_the_run_with_3(empty_desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    lines = ['name = "Silent"', 'homepage = "http://silent.test/"', 'feeds = ["http://silent.test/feed"]']
    (folder / "silent.toml").write_text("\n".join([*lines, 'language = "en"', 'country = "gb"']))
    away = {"NEWSDESK_SOURCES": str(folder), "NEWSDESK_HOSTS": "silent.test=127.0.0.1:9"}
    done = empty_desk.run("ingest", **away, NEWSDESK_ALLOW_ADDRESSES="127.0.0.1:9")
    assert done.returncode == 3
    assert "timeout_connect" in done.stdout


def test_an_unknown_option_is_a_usage_error(empty_desk: Desk) -> None:
    assert empty_desk.run("ingest", "--fast").returncode == 2


def test_a_key_misspelt_in_a_source_file_is_named_with_its_line(empty_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "outlet.toml").write_text('name = "Outlet"\nhomepage = "http://o.example/"\nfeed = []\n')
    done = empty_desk.run("sources", "list", NEWSDESK_SOURCES=str(tmp_path / "s"))
    assert done.returncode == 4
    assert "outlet.toml:3: unknown key 'feed'; did you mean 'feeds'?" in done.stderr


def test_sources_check_asks_every_feed_and_loads_nothing(empty_desk: Desk) -> None:
    rows = empty_desk.json("sources", "check", "--json")
    assert {row["reason"] for row in rows} == {"ok"}  # type: ignore[attr-defined]  # JSON
    counted = empty_desk.json("status", "--json")["totals"]  # type: ignore[index]  # JSON
    assert (counted["articles"], counted["unaccounted_urls"]) == (0, 0)


def test_sources_add_writes_a_file_that_can_be_checked(empty_desk: Desk, newsroom: Newsroom, tmp_path: Path) -> None:
    feed = next(url for url in newsroom.listed() if "talblick" in url)
    folder = str(tmp_path / "added")
    done = empty_desk.run("sources", "add", feed, NEWSDESK_SOURCES=folder)
    assert done.returncode == 0, done.stderr
    rows = json.loads(empty_desk.run("sources", "check", "--json", NEWSDESK_SOURCES=folder).stdout)
    assert [(row["url"], row["reason"], row["entries"]) for row in rows] == [(feed, "ok", 20)]


def test_opml_goes_out_and_comes_in_again(empty_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(empty_desk.run("sources", "export").stdout)
    folder = str(tmp_path / "imported")
    done = empty_desk.run("sources", "import", str(tmp_path / "feeds.opml"), NEWSDESK_SOURCES=folder)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "imported").iterdir())) == 3
    again = empty_desk.run("sources", "import", str(tmp_path / "feeds.opml"), NEWSDESK_SOURCES=folder)
    assert (again.returncode, again.stdout) == (0, "")


def test_two_runs_in_one_home_at_once_are_refused(empty_desk: Desk) -> None:
    slow = empty_desk.environment | {"NEWSDESK_PACE_FLOOR_S": "1"}
    with subprocess.Popen(
        [NEWSDESK, "ingest"], env=slow, cwd=ROOT, stdout=-3, stderr=subprocess.PIPE, text=True
    ) as first:
        assert first.stderr is not None
        first.stderr.readline()
        second = empty_desk.run("ingest")
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
    assert second.returncode == 4
    assert f"locked by pid {first.pid}" in second.stderr


def test_ctrl_c_loads_what_was_fetched_and_accounts_for_the_rest(empty_desk: Desk) -> None:
    slow = empty_desk.environment | {"NEWSDESK_PACE_FLOOR_S": "0.5"}
    begun = time.monotonic()
    with subprocess.Popen(
        [NEWSDESK, "ingest"], env=slow, cwd=ROOT, stdout=-3, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        next(line for line in run.stderr if "fetch" in line)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 130
    assert time.monotonic() - begun < 60
    counts = empty_desk.json("sql", "SELECT state, urls FROM ops.runs", "--format", "json")
    assert counts[0]["state"] == "interrupted"  # type: ignore[index]  # JSON
    assert empty_desk.json("sql", "FROM reports.unaccounted_urls", "--format", "json") == []
    assert empty_desk.run("ingest").returncode == 0


def small_disk() -> None:
    """Files stop growing early, as on a disk that fills up."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_DISK_BYTES, SMALL_DISK_BYTES))


def test_a_full_disk_ends_the_run_with_its_name_and_the_next_run_completes(empty_desk: Desk) -> None:
    full = subprocess.run(
        [NEWSDESK, "ingest"],
        env=empty_desk.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=small_disk,
    )
    assert full.returncode == 4, full.stderr
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert empty_desk.run("ingest").returncode == 0
    assert empty_desk.json("sql", "FROM reports.unaccounted_urls", "--format", "json") == []


def test_too_little_room_refuses_the_run_before_it_starts(empty_desk: Desk) -> None:
    done = empty_desk.run("ingest", NEWSDESK_DISK_FLOOR_MB="999999999")
    assert (done.returncode, "MiB are free" in done.stderr) == (4, True)


def test_settings_tell_value_origin_and_meaning(empty_desk: Desk) -> None:
    rows = empty_desk.json("settings", "--json")
    assert rows["NEWSDESK_PACE_FLOOR_S"]["origin"] == "environment"  # type: ignore[index]  # JSON
    assert rows["NEWSDESK_CONTACT"]["origin"] == "default"  # type: ignore[index]  # JSON
    lines = empty_desk.run("settings", COLUMNS="60").stdout.splitlines()
    meanings = [line for line in lines if line.startswith(" ")]
    assert max(map(len, meanings)) <= 60
    assert "    What publishers reserve that keeps a page out of the" in meanings


def test_the_demo_runs_twice_and_shows_the_changed_article(tmp_path: Path) -> None:
    desk = Desk({"NEWSDESK_HOME": str(tmp_path)})
    first, second = desk.run("demo"), desk.run("demo", "--json")
    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert first.stdout.count("headline: ") == 5
    report = json.loads(second.stdout)
    assert [each["version"] for each in report["changed"]] == [2]
    assert {"not_modified", "unchanged", "loaded"} <= {tally["reason"] for tally in report["outcomes"]}


def test_the_archive_of_a_run_is_sound_and_is_counted(desk: Desk) -> None:
    found = desk.json("archive", "check", "--json")
    assert found["captures"] > 60  # type: ignore[index]  # JSON
    assert found["faults"] == []  # type: ignore[index]  # JSON
    assert {row["source"] for row in desk.json("archive", "stats", "--json")} >= {"talblick"}  # type: ignore[attr-defined]  # JSON


def test_a_warehouse_that_is_not_empty_is_not_rebuilt(desk: Desk) -> None:
    done = desk.run("rebuild")
    assert (done.returncode, "is not empty" in done.stderr) == (4, True)


def test_a_run_that_could_not_begin_is_told_by_status_in_the_same_words(empty_desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "gazette.toml").write_text("nam = 1\n")
    done = empty_desk.run("ingest", NEWSDESK_SOURCES=str(tmp_path / "sources"))
    assert done.returncode == 4
    empty_desk.run("ingest", NEWSDESK_DISK_FLOOR_MB="999999999")

    room, files = empty_desk.json("status", "--json")["runs"]  # type: ignore[index]  # JSON
    assert (room["state"], files["state"]) == ("failed", "failed")
    assert "MiB are free" in room["error"]
    assert f"newsdesk: {files['error']}\n" == done.stderr


def heed_ctrl_c() -> None:
    """Also where whoever started the tests in the background had it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_watch_of_a_home_without_runs_waits_for_the_first(empty_desk: Desk) -> None:
    words = [str(NEWSDESK), "status", "--watch", "--every", "0.5"]
    with subprocess.Popen(
        words, env=empty_desk.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c
    ) as watch:
        assert watch.stdout is not None
        first = watch.stdout.readline()
        empty_desk.run("ingest", "talblick")
        later = next(line for line in watch.stdout if line.startswith("as of"))
        watch.send_signal(signal.SIGINT)
        watch.communicate(timeout=60)
    assert "run `newsdesk ingest`" in first
    assert "sources 1" in later
    assert watch.returncode == 130
