"""`newsdesk sources freshness` as a user meets it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A home with a stated promise, in which one source was ingested."""
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        settings = settings_for(tmp_path_factory.mktemp("freshness"), newsroom)
        desk = Desk(environment_for(settings) | {"NEWSDESK_FRESH_WITHIN": "20 min"})
        done = desk.run("ingest", "talblick")
        assert done.returncode == 0, done.stderr
        yield desk


def test_each_polled_source_is_a_line_with_the_promise_and_its_next_poll(desk: Desk) -> None:
    rows = desk.json("sources", "freshness", "--json")
    assert [row["source"] for row in rows] == ["talblick"]  # type: ignore[attr-defined]  # JSON
    row = rows[0]  # type: ignore[index]  # JSON
    assert (row["fresh_within_s"], row["entries_missed"]) == (1200, 0)
    assert row["next_poll_at"] > datetime.now(UTC).isoformat()
    assert row["polls"] > 0


def test_people_see_durations_in_words(desk: Desk) -> None:
    done = desk.run("sources", "freshness", "talblick")
    assert done.returncode == 0, done.stderr
    assert "20 min" in done.stdout


def test_a_source_that_no_run_polled_is_named_with_what_to_do(desk: Desk) -> None:
    done = desk.run("sources", "freshness", "harbour-gazette")
    assert (done.returncode, done.stdout.count("harbour-gazette")) == (0, 0)
    assert "newsdesk ingest harbour-gazette" in done.stderr


def test_a_slug_that_is_no_source_is_refused_with_those_that_are(desk: Desk) -> None:
    done = desk.run("sources", "freshness", "no-such-source")
    assert (done.returncode, "talblick" in done.stderr) == (4, True)


@pytest.mark.parametrize("words", ["15", "soon", "-5 min"])
def test_a_wrong_duration_names_the_file_and_what_to_write(desk: Desk, tmp_path: Path, words: str) -> None:
    (tmp_path / "o.toml").write_text(
        f'name = "O"\nhomepage = "http://o.example/"\nlanguage = "en"\ncountry = "gb"\nfresh_within = "{words}"\n'
    )
    done = desk.run("sources", "check", "--offline", NEWSDESK_SOURCES=str(tmp_path))
    assert done.returncode != 0
    assert "o.toml" in done.stderr
    assert "'15 min' or '6 h'" in done.stderr
    wrong = desk.run("status", NEWSDESK_FRESH_WITHIN=words)
    assert (wrong.returncode, "NEWSDESK_FRESH_WITHIN" in wrong.stderr) == (4, True)
