"""`newsdesk doctor` in homes that are new, whole, damaged, or may only be read."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.sites.prefect_site import free_port
from warehouse.hot.state import HotState, RobotsEntry

Parts = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home with one ingest."""
    home = tmp_path_factory.mktemp("whole")
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(home / "var", newsroom)))
        assert desk.run("ingest").returncode == 0
    return desk


@pytest.fixture
def home(whole: Desk, tmp_path: Path) -> Desk:
    """A copy of that home, for a test to damage; the reader file names the folder of its data, so it is written
    again."""
    copy = tmp_path / "var"
    shutil.copytree(whole.environment["NEWSDESK_HOME"], copy)
    desk = Desk({**whole.environment, "NEWSDESK_HOME": str(copy)})
    assert desk.run("publish").returncode == 0
    return desk


def examined(desk: Desk, **environment: str) -> tuple[int, Parts]:
    """The exit code and the parts by name."""
    done = desk.run("doctor", "--json", **environment)
    assert done.stdout, done.stderr
    return done.returncode, {part["part"]: part for part in json.loads(done.stdout)["parts"]}


def test_of_a_whole_home_every_part_is_well_and_no_request_is_sent(whole: Desk) -> None:
    code, parts = examined(whole)
    assert [part for part in parts.values() if part["state"] not in ("ok", "not checked")] == []
    assert code == 0
    assert (
        parts["robots"]["message"]
        == "robots.txt of 3 of 3 hosts: 0 name 'newsdesk', and all let every feed and sitemap be fetched"
    )
    assert "the last ingest that went well ended" in parts["runs"]["message"]


def test_an_empty_home_is_told_what_comes_first(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    code, parts = examined(Desk({"NEWSDESK_HOME": str(tmp_path), "NEWSDESK_DISK_FLOOR_MB": "0"}))
    assert code == 3
    assert parts["sources"]["fix"] == "add one: `newsdesk sources add URL`"
    assert {name for name, part in parts.items() if part["state"] == "not checked"} == {
        *("reader file", "robots", "runs", "findings")
    }
    assert [path.name for path in tmp_path.iterdir()] == ["sources"]


def test_wrong_settings_are_named_and_what_needs_them_is_not_checked() -> None:
    code, parts = examined(Desk({"NEWSDESK_CAGE_CHILDERN": "2"}))
    assert code == 1
    assert "did you mean 'NEWSDESK_CAGE_CHILDREN'?" in parts["settings"]["message"]
    assert parts["versions"]["state"] == "ok"
    assert {parts[name]["state"] for name in ("home", "catalog", "sources", "runs")} == {"not checked"}


def test_a_damaged_reader_file_is_one_part_and_the_others_are_examined(home: Desk) -> None:
    Path(home.environment["NEWSDESK_HOME"], "newsdesk.duckdb").write_bytes(b"no database" * 500)
    code, parts = examined(home)
    assert code == 1
    assert parts["reader file"]["fix"] == "write it again: `newsdesk publish`"
    assert parts["archive"]["state"] == "ok"
    assert parts["robots"]["state"] == "ok"


def test_a_damaged_catalog_is_found_without_a_run(home: Desk) -> None:
    catalog = Path(home.environment["NEWSDESK_HOME"], "warehouse", "catalog.sqlite")
    bytes_of = bytearray(catalog.read_bytes())
    bytes_of[4096:12288] = b"\xff" * 8192
    catalog.write_bytes(bytes_of)
    code, parts = examined(home)
    assert code == 1
    assert parts["catalog"]["state"] == "error"
    assert "newsdesk restore" in parts["catalog"]["fix"]


def test_a_lost_archive_and_lost_rows_are_told(home: Desk) -> None:
    shutil.rmtree(Path(home.environment["NEWSDESK_HOME"], "archive"))
    shutil.rmtree(Path(home.environment["NEWSDESK_HOME"], "warehouse", "data"))
    code, parts = examined(home)
    assert code == 1
    assert parts["catalog"]["state"] == "error"
    assert "data folder" in parts["catalog"]["message"]
    assert parts["reader file"]["state"] == "error"


def test_a_disk_below_the_floor_is_an_error_and_a_tight_one_a_warning(home: Desk) -> None:
    free_mb = shutil.disk_usage(home.environment["NEWSDESK_HOME"]).free // 2**20
    assert examined(home, NEWSDESK_DISK_FLOOR_MB=str(free_mb * 2))[1]["disk"]["state"] == "error"
    assert examined(home, NEWSDESK_DISK_FLOOR_MB=str(free_mb // 2))[1]["disk"]["state"] == "warning"


def test_a_robots_txt_that_forbids_us_is_named_with_its_source(home: Desk) -> None:
    hot = HotState(Path(home.environment["NEWSDESK_HOME"], "warehouse", "hot.sqlite"))
    host = next(iter(hot.all_robots()))
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: Newsdesk\nDisallow: /\n"
    hot.keep_robots(host, RobotsEntry(0.0, 0.0, "rules", rules))
    hot.close()
    code, parts = examined(home)
    assert code == 3
    assert "1 name 'newsdesk'" in parts["robots"]["message"]
    assert "it forbids" in parts["robots"]["message"]


def test_a_contact_of_examples_reaches_nobody(home: Desk) -> None:
    code, parts = examined(home, NEWSDESK_CONTACT="you@example.org")
    assert (code, parts["contact"]["state"]) == (3, "warning")
    assert examined(home, NEWSDESK_CONTACT="desk@paper.nz")[0] == 0


def test_a_prefect_server_that_does_not_answer_is_an_error_with_two_ways_out(home: Desk) -> None:
    code, parts = examined(home, PREFECT_API_URL=f"http://127.0.0.1:{free_port()}/api")
    assert code == 1
    assert "newsdesk up" in parts["server"]["fix"]
    assert parts["workers"]["state"] == "not checked"


def test_the_lines_for_people_name_the_fix_below_its_part(home: Desk) -> None:
    done = home.run("doctor", NEWSDESK_CONTACT="you@example.org")
    lines = done.stdout.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("warning") and " contact " in line)
    assert lines[at + 1].strip().startswith("→ set NEWSDESK_CONTACT")
    assert lines[-1].endswith("1 warning")


def test_in_a_narrow_terminal_every_word_stays_whole(home: Desk) -> None:
    wide = home.run("doctor").stdout.splitlines()
    narrow = home.run("doctor", COLUMNS="60").stdout.splitlines()

    assert max(map(len, wide)) > 80
    too_long = [line for line in narrow if len(line) > 60]
    assert all("/" in line.split()[-1] for line in too_long), too_long  # Nothing but a path is cut nowhere.
    words = {word for line in wide for word in line.split() if not word[:1].isdigit()}
    assert words == {word for line in narrow for word in line.split() if not word[:1].isdigit()}


def test_alive_says_one_line_and_ends_with_zero_or_one(whole: Desk, tmp_path: Path) -> None:
    alive = whole.run("doctor", "--alive", "--max-age", "2h")
    assert (alive.returncode, alive.stderr, alive.stdout.count("\n")) == (0, "", 1)
    assert alive.stdout.startswith("alive: the last ingest that went well ended")
    other = whole.run("doctor", "--alive", "--flow", "maintain")
    assert (other.returncode, other.stdout) == (1, "not alive: no maintain has ended well yet\n")
    none = whole.run("doctor", "--alive", NEWSDESK_HOME=str(tmp_path))
    assert (none.returncode, none.stderr, none.stdout.count("\n")) == (1, "", 1)
    assert none.stdout.startswith("not alive: no reader file at")
    wrong = whole.run("doctor", "--alive", NEWSDESK_LOG="xml")
    assert (wrong.returncode, wrong.stdout.startswith("not alive: NEWSDESK_LOG")) == (1, True)


def test_a_length_that_is_none_is_wrong_usage(whole: Desk) -> None:
    done = whole.run("doctor", "--alive", "--max-age", "2")
    assert done.returncode == 2
    assert "--max-age '2' is no length of time; write 90s" in done.stderr
    assert whole.run("doctor", "--max-age", "2h").returncode == 2


def test_nothing_is_written(home: Desk) -> None:
    folder = Path(home.environment["NEWSDESK_HOME"])
    before = sorted(str(path) for path in folder.rglob("*"))
    assert examined(home)[0] == 0
    assert sorted(str(path) for path in folder.rglob("*")) == before
