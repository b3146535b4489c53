"""`newsdesk backup` and `restore`: a home is copied while runs go on, and runs where it is put back."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.settings import Settings
from tasks.upkeep.backup.back_up import back_up
from tests.support.desks import NEWSDESK, Desk
from tests.support.newsrooms import environment_for
from tests.support.repository import ROOT
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.raw_site import Visit

COUNTS = (
    "SELECT (SELECT count(*) FROM article_versions) AS versions, (SELECT count(*) FROM captures) AS captures, "
    "(SELECT count(DISTINCT url) FROM captures) AS urls"
)


LISTED = {"one": [items("/a", "/b"), items("/a", "/b", "/c")]}


def ingested(papers: Papers) -> Desk:
    """The home of the papers, in which one ingest was run."""
    made = Desk(environment_for(papers.settings))
    done = made.run("ingest")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    with open_papers(tmp_path / "home", LISTED) as opened:
        yield opened


@pytest.fixture
def desk(papers: Papers) -> Desk:
    """A home of the test's own."""
    return ingested(papers)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home for tests that change nothing in it but which backup was the last."""
    with open_papers(tmp_path_factory.mktemp("kept") / "home", LISTED) as opened:
        yield ingested(opened)


def elsewhere(desk: Desk, home: Path) -> Desk:
    """The same settings with another home, whose sources are its own."""
    kept = {name: value for name, value in desk.environment.items() if name != "NEWSDESK_SOURCES"}
    return Desk(kept | {"NEWSDESK_HOME": str(home)})


def counts(desk: Desk) -> object:
    return desk.json("sql", COUNTS, "--format", "json")


def backed_up(desk: Desk, target: Path) -> dict[str, object]:
    made = desk.json("backup", str(target), "--json")
    assert isinstance(made, dict)
    return made


def paths_of(made: dict[str, object]) -> list[str]:
    files = json.loads(Path(str(made["backup"]), "manifest.json").read_text())["files"]
    return sorted(file["path"] for file in files)


def started(desk: Desk, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([NEWSDESK, *words], env=desk.environment, cwd=ROOT, stderr=subprocess.DEVNULL)


def until(reached: Callable[[], object], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert process.poll() is None, "the command ended too early"
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_a_backup_during_an_ingest_is_restored_elsewhere_where_an_ingest_goes_on(
    desk: Desk, papers: Papers, tmp_path: Path
) -> None:
    before = counts(desk)
    papers.edition, papers.site.pages["/c"] = 1, Visit.hold
    under_way = started(desk, "ingest", "--now")
    until(lambda: "/c" in papers.site.asked, under_way)
    backed_up(desk, tmp_path / "backups")
    still_under_way = under_way.poll() is None
    under_way.kill()
    under_way.wait()
    del papers.site.pages["/c"]
    os.rename(papers.settings.home, tmp_path / "gone")
    there = elsewhere(desk, tmp_path / "there")

    restored = there.run("restore", str(tmp_path / "backups"))
    after, further = counts(there), there.run("ingest", "--now")

    assert still_under_way
    assert (restored.returncode, restored.stderr) == (0, "")
    assert after == before
    assert further.returncode == 0, further.stderr
    assert counts(there) != before
    assert there.run("maintain", "--full").returncode == 0


def test_a_second_backup_copies_only_what_changed_and_holds_everything(kept: Desk, tmp_path: Path) -> None:
    first = backed_up(kept, tmp_path / "backups")
    time.sleep(1.1)  # A backup is named by its second.
    second = backed_up(kept, tmp_path / "backups")

    parts = second["parts"]
    assert isinstance(parts, dict)
    copied = {name: part["copied_files"] for name, part in parts.items()}
    assert copied == {"archive": 0, "reports": 0, "sources": 0, "warehouse": 2}, "the two databases"
    assert second["rows"] == first["rows"]
    assert paths_of(second) == paths_of(first)
    assert kept.run("restore", "--check", str(second["backup"])).returncode == 0


def test_two_backups_of_one_second_have_two_names(kept: Desk, tmp_path: Path) -> None:
    now = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    settings = Settings(home=Path(kept.environment["NEWSDESK_HOME"]))

    made = [back_up(settings, None, tmp_path / "backups", now, lambda: None)[0].name for _ in range(2)]

    assert made == ["2026-11-30T235959Z", "2026-12-01T000000Z"]


def test_a_backup_that_was_killed_is_none_and_the_next_one_takes_its_place(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    big = Path(desk.environment["NEWSDESK_HOME"], "archive", "z.warc.gz")
    big.write_bytes(os.urandom(64 * 1024 * 1024))
    process = started(desk, "backup", str(target))
    until(lambda: list(target.glob("*.open/archive/z.warc.gz")), process)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left_behind = [path.suffix for path in target.iterdir() if path.is_dir()]

    refused = desk.run("restore", "--check", str(target))
    made = backed_up(desk, target)

    assert left_behind == [".open"]
    assert (refused.returncode, "no complete backup" in refused.stderr) == (4, True)
    assert [path for path in target.iterdir() if path.is_dir()] == [Path(str(made["backup"]))]
    assert desk.run("restore", "--check", str(target)).returncode == 0


def test_ctrl_c_ends_a_backup_with_130(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    big = Path(desk.environment["NEWSDESK_HOME"], "archive", "z.warc.gz")
    with big.open("wb") as file:
        file.truncate(2 * 1024 * 1024 * 1024)
    process = started(desk, "backup", str(target))
    until(lambda: list(target.glob("*.open/archive/z.warc.gz")), process)
    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=60) == 130
    assert not list(target.glob("*Z"))


def test_a_home_that_is_not_empty_is_refused_or_moved_aside(desk: Desk, tmp_path: Path) -> None:
    home = Path(desk.environment["NEWSDESK_HOME"])
    before = counts(desk)
    backed_up(desk, tmp_path / "backups")

    refused = desk.run("restore", str(tmp_path / "backups"))
    replaced = desk.json("restore", "--replace", str(tmp_path / "backups"), "--json")

    assert (refused.returncode, "--replace" in refused.stderr) == (4, True)
    assert isinstance(replaced, dict)
    assert Path(replaced["moved_to"], "warehouse", "catalog.sqlite").is_file()
    assert Path(replaced["moved_to"]).parent == home
    assert counts(desk) == before


def test_a_damaged_backup_is_named_and_nothing_is_written(kept: Desk, tmp_path: Path) -> None:
    made = backed_up(kept, tmp_path / "backups")
    segment = next(Path(str(made["backup"])).rglob("*.warc.gz"))
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    there = elsewhere(kept, tmp_path / "there")

    refused = there.run("restore", str(tmp_path / "backups"))

    assert (refused.returncode, segment.name in refused.stderr) == (1, True)
    assert [path.name for path in (tmp_path / "there").iterdir()] == [".restore.lock"]


def test_a_folder_in_the_home_is_no_place_for_its_backups(kept: Desk) -> None:
    refused = kept.run("backup", str(Path(kept.environment["NEWSDESK_HOME"], "backups")))

    assert (refused.returncode, "name a folder outside" in refused.stderr) == (4, True)


def test_of_a_warehouse_on_a_server_is_said_what_to_use(kept: Desk, tmp_path: Path) -> None:
    served = {
        "NEWSDESK_WAREHOUSE": "ducklake:postgres:dbname=news host=127.0.0.1 password=hidden?data=s3://bucket/news/"
    }

    done = kept.run("backup", str(tmp_path / "backups"), **served)

    assert done.returncode == 0, done.stderr
    assert "newsdesk warehouse copy" in done.stderr
    assert "hidden" not in done.stdout + done.stderr
    assert "no warehouse" in done.stdout


def test_older_backups_of_this_home_are_deleted_on_demand_and_the_last_one_is_named(
    kept: Desk, tmp_path: Path
) -> None:
    target = tmp_path / "backups"
    made = [backed_up(kept, target)]
    other = target / "2020-01-01T000000Z"
    other.mkdir()
    (other / "manifest.json").write_text(
        (Path(str(made[0]["backup"])) / "manifest.json").read_text().replace("home", "nest")
    )

    again = kept.json("backup", str(target), "--keep", "1", "--json")

    assert isinstance(again, dict)
    assert again["deleted"] == [made[0]["backup"]]
    assert sorted(path.name for path in target.iterdir() if path.is_dir()) == [
        other.name,
        Path(str(again["backup"])).name,
    ]
    assert kept.json("restore", "--check", str(target), "--json")["rows"] == again["rows"]  # type: ignore[index]
    status = kept.json("status", "--json")
    assert isinstance(status, dict)
    assert status["last_backup"] == {"made_at": again["made_at"], "folder": again["backup"]}
    for command in ("status", "health"):
        assert f"0 min ago, in '{again['backup']}'" in kept.run(command).stdout
