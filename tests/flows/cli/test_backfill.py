"""`newsdesk backfill` as a user meets it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        home = tmp_path_factory.mktemp("backfill")
        urls = [url for listed in newsroom.listed().values() for url in listed[:2]]
        (home / "urls.txt").write_text("\n".join([*urls, "no url at all"]))
        environment = environment_for(settings_for(home, newsroom)) | {"NEWSDESK_BACKFILL_PACE_S": "0"}
        yield Desk(environment | {"LIST": str(home / "urls.txt")})


def test_a_backfill_loads_names_its_junk_is_listed_and_ends(desk: Desk) -> None:
    done = desk.run("backfill", "--from", "urls", desk.environment["LIST"])
    assert done.returncode == 3, done.stderr
    assert "chunks done=" in done.stderr
    assert "bad_link" in done.stdout
    rows = desk.json("backfill", "list", "--json")
    assert [row["done"] == row["chunks"] > 0 for row in rows] == [True]  # type: ignore[attr-defined]  # JSON
    resumed = desk.run("backfill", "resume")
    assert (resumed.returncode, "no open backfill" in resumed.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("backfill", "--from", "warc"), "needs files"),
        (("backfill", "yesterday"), "--from urls | warc"),
        (("backfill", "--from", "ccnews", "--since", "soon"), "not a day or instant"),
        (("backfill", "--from", "feeds", "--since", "2026-11-02", "--until", "2026-11-02"), "must be before --until"),
    ],
)
def test_wrong_words_are_usage_errors(desk: Desk, words: tuple[str, ...], hint: str) -> None:
    done = desk.run(*words)
    assert done.returncode == 2
    assert hint in done.stderr


def test_a_file_that_is_no_warc_ends_with_3_and_its_name(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "page.warc.gz").write_text("<html>no archive</html>")
    done = desk.run("backfill", "--from", "warc", str(tmp_path / "page.warc.gz"), str(tmp_path / "none.warc.gz"))
    assert done.returncode == 3
    assert "page.warc.gz#0" in done.stdout
    assert "none.warc.gz" in done.stdout
    assert "Traceback" not in done.stderr
