"""The warehouse by the command line: maintained, published, copied, and told when something is wrong with it."""

import ctypes
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import NEWSDESK, Desk
from tests.support.newsrooms import ingest, settings_for
from tests.support.repository import ROOT
from tests.support.warehouse.batch_samples import NOON
from tests.support.warehouse.places import url_of
from tests.warehouse.load.test_identities import FERRY, LONG, load, page
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
"""<linux/prctl.h>, <linux/capability.h>."""
COUNT = ("sql", "SELECT count(*) AS n, count(body) AS bodies FROM main.articles", "--format", "json")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which one ingest was run, to be copied."""
    home = tmp_path_factory.mktemp("warehouse") / "home"
    opened_at = datetime.now(UTC).replace(microsecond=0)
    with Newsroom(opened_at) as newsroom:
        ingest(settings_for(home, newsroom), opened_at)
    return home


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Desk:
    """The home of the test's own, moved from where it was made."""
    home = shutil.copytree(filled, tmp_path / "home")
    contact = {"NEWSDESK_CONTACT": "desk@harbour.example"}
    return Desk({"NEWSDESK_HOME": str(home), "NEWSDESK_DISK_FLOOR_MB": "0"} | contact)


def home_of(desk: Desk) -> Path:
    return Path(desk.environment["NEWSDESK_HOME"])


def test_a_round_of_maintenance_keeps_every_row_and_says_what_it_did(desk: Desk) -> None:
    assert desk.run("publish").returncode == 0
    before = desk.json(*COUNT)

    done = desk.json("maintain", "--full", "--json")

    assert done["records_checked"] > 50  # type: ignore[index]  # JSON
    assert done["damaged"] == []  # type: ignore[index]  # JSON
    with closing(sqlite3.connect(done["backup"])) as backup:  # type: ignore[index]  # JSON
        assert backup.execute("SELECT count(*) FROM ducklake_snapshot").fetchone()[0] > 0
    assert desk.json(*COUNT) == before
    assert desk.json("sql", "SELECT flow, state FROM ops.runs ORDER BY flow", "--format", "json") == [
        {"flow": "ingest", "state": "completed"},
        {"flow": "maintain", "state": "completed"},
        {"flow": "publish", "state": "completed"},
    ]


def test_a_damaged_record_of_the_archive_ends_a_round_with_its_place(desk: Desk) -> None:
    for segment in (home_of(desk) / "archive").rglob("*.warc.gz"):
        segment.write_bytes(b"\0" * segment.stat().st_size)

    done = desk.run("maintain")

    assert (done.returncode, ".warc.gz" in done.stdout) == (1, True)


def test_a_moved_home_says_what_to_do_and_publish_mends_it(desk: Desk, filled: Path) -> None:
    os.rename(filled, filled.with_name("away"))
    try:
        lost = desk.run(*COUNT)
        mended = desk.run("publish")
        rows = desk.json(*COUNT)
    finally:
        os.rename(filled.with_name("away"), filled)

    assert (lost.returncode, "run `newsdesk publish`" in lost.stderr) == (1, True)
    assert mended.returncode == 0
    assert rows[0]["n"] == rows[0]["bodies"] > 50  # type: ignore[index]  # JSON


def test_a_warehouse_is_copied_and_read_at_its_new_place(desk: Desk, tmp_path: Path) -> None:
    here, there = (
        f"ducklake:sqlite:{at}/catalog.sqlite?data={at}/data/"
        for at in (home_of(desk) / "warehouse", tmp_path / "there")
    )

    copied = desk.json("warehouse", "copy", here, there, "--json")

    rows = {each["table"]: each["rows"] for each in copied}  # type: ignore[attr-defined]  # JSON
    assert desk.run("publish", NEWSDESK_WAREHOUSE=there).returncode == 0
    counted = desk.json("sql", "SELECT count(*) AS n FROM main.article_versions", "--format", "json")
    assert counted == [{"n": rows["main.article_versions"]}]
    again = desk.run("warehouse", "copy", here, there)
    assert (again.returncode, "is not empty" in again.stderr) == (4, True)


def test_an_address_of_a_warehouse_that_has_another_form_is_named_as_it_was_given(desk: Desk) -> None:
    done = desk.run("warehouse", "copy", "news.duckdb", "elsewhere")

    assert (done.returncode, "FROM = 'news.duckdb': must be" in done.stderr) == (4, True), done.stderr


def test_a_page_is_made_its_own_article_again_by_hand(tmp_path: Path) -> None:
    with Warehouse(url_of(tmp_path / "warehouse")) as warehouse:
        migrate(warehouse, NOON)
        load(warehouse, page(FERRY))
        load(warehouse, page(f"{FERRY}/again", at_hour=1))
        load(warehouse, page(f"{FERRY}/again", f"{LONG} It is free.", 2))
    desk = Desk({"NEWSDESK_HOME": str(tmp_path)})
    undo = ("identity", "undo", f"{FERRY}/again", "--why", "they only share a text")

    done, again = desk.run(*undo), desk.run(*undo)

    assert (done.returncode, "its own article again" in done.stdout) == (0, True), done.stderr
    assert (again.returncode, "nothing to undo" in again.stderr) == (2, True)
    rows = desk.json("sql", "SELECT canonical_url AS url FROM main.articles ORDER BY 1", "--format", "json")
    assert rows == [{"url": FERRY}, {"url": f"{FERRY}/again"}]
    told = desk.run("explain", f"{FERRY}/again").stdout
    assert "they only share a text" in told, told


def test_an_identity_in_a_home_without_a_warehouse_is_refused(tmp_path: Path) -> None:
    done = Desk({"NEWSDESK_HOME": str(tmp_path)}).run("identity", "undo", FERRY, "--why", "no")

    assert (done.returncode, "there is no warehouse" in done.stderr) == (4, True)
    assert list(tmp_path.iterdir()) == []


def test_a_shell_that_is_not_installed_says_how_to_get_one(desk: Desk, tmp_path: Path) -> None:
    done = desk.run("shell", PATH=str(tmp_path))

    assert (done.returncode, "pip install duckdb-cli" in done.stderr) == (1, True)


def spoil_catalog(home: Path) -> None:
    (home / "warehouse" / "catalog.sqlite").write_bytes(b"no database " * 9000)


def lose_data(home: Path) -> None:
    for file in (home / "warehouse" / "data" / "main" / "article_versions").rglob("*.parquet"):
        file.unlink()


def spoil_hot_state(home: Path) -> None:
    (home / "warehouse" / "hot.sqlite").write_bytes(b"no database " * 9000)


def block_data(home: Path) -> None:
    data = home / "warehouse" / "data"
    data.rename(home / "warehouse" / "elsewhere")
    data.write_text("")


@pytest.mark.parametrize(
    ("spoil", "command", "code", "says"),
    [
        (spoil_catalog, "publish", 1, "newsdesk rebuild"),
        (spoil_catalog, "maintain", 1, "backups"),
        (lose_data, "maintain", 1, "newsdesk rebuild"),
        (spoil_hot_state, "ingest", 1, "delete warehouse/hot.sqlite"),
        (block_data, "publish", 4, "folders of the warehouse"),
    ],
)
def test_what_is_wrong_with_a_warehouse_is_named_with_what_to_do(
    desk: Desk, spoil: object, command: str, code: int, says: str
) -> None:
    assert callable(spoil)
    spoil(home_of(desk))

    done = desk.run(command)

    assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (code, True, False), done.stderr


def without_privilege() -> None:
    """Root, too, is held to the modes of folders from the next program on."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.mark.parametrize("command", ["ingest", "publish", "maintain"])
def test_a_read_only_home_is_refused_by_name_and_its_tables_stay_readable(desk: Desk, command: str) -> None:
    before, home = desk.json(*COUNT), home_of(desk)
    folders = [home, *(path for path in home.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        done = subprocess.run(
            [NEWSDESK, command],
            env=os.environ | desk.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            preexec_fn=without_privilege,
        )
        after = desk.json(*COUNT)
    finally:
        for folder in folders:
            folder.chmod(0o755)

    assert (done.returncode, str(home) in done.stderr, "Traceback" in done.stderr) == (4, True, False), done.stderr
    assert after == before
