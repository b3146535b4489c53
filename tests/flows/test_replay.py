"""The archive read again: a warehouse rebuilt from it holds what it held, and a replay tells what differs."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner, Result

from flows import rebuild, replay
from flows.cli import archive as cli_archive
from flows.running.run import run_flow
from schemas.errors import RefusedError
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from schemas.runs.replay import Fate
from schemas.settings import Settings
from tasks.demo_site import Newsroom
from tasks.ingest.extract import extract
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tests.support.newsrooms import ask, environment_for, ingest, settings_for

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
        "SELECT * EXCLUDE (loaded_at) FROM main.version_mentions",
        "FROM main.captures",
        f"SELECT * EXCLUDE (at_utc) FROM ops.outcomes WHERE {CAPTURED}",
        "SELECT * EXCLUDE (at_utc) FROM ops.quarantine",
    ],
    ids=["article_versions", "links_out", "mentions", "captures", "outcomes", "quarantine"],
)
def test_a_table_is_rebuilt_row_for_row(twice: Twice, sql: str) -> None:
    assert rows(twice.second, sql) == rows(twice.first, sql)


def test_nothing_was_compared_with_nothing(twice: Twice) -> None:
    counts = (
        "SELECT (SELECT count(*) FROM main.article_versions) AS v, (SELECT count(*) FROM main.captures) AS c, "
        "(SELECT count(*) FROM main.mentions) AS m"
    )
    assert rows(twice.first, counts)[0]["v"] > 50
    assert rows(twice.first, counts)[0]["c"] > 60
    assert rows(twice.first, counts)[0]["m"] > 100


def test_nothing_is_unaccounted_for_behind_a_rebuild(twice: Twice) -> None:
    assert ask(twice.second, "FROM reports.unaccounted_urls") == []


def test_a_version_that_came_later_is_rebuilt_as_the_second(twice: Twice) -> None:
    assert rows(twice.second, "SELECT max(version) AS v FROM main.article_versions") == [{"v": 2}]


def checked(settings: Settings, *words: str) -> Result:
    environment = environment_for(settings) | {"NEWSDESK_ARCHIVE": str(settings.archive_path)}
    return CliRunner().invoke(cli_archive.app, ["check", *words], env=environment)


@pytest.fixture(scope="module")
def lost(twice: Twice) -> Settings:
    """The archive, one record of it damaged, beside a warehouse in which nothing was loaded; repaired."""
    home = twice.first.home.parent / "lost"
    shutil.copytree(twice.first.archive_path, home / "archive")
    settings = twice.first.model_copy(update={"home": home, "hosts": ()})
    place = ask(twice.first, f"SELECT warc_file, warc_offset FROM main.captures WHERE {CAPTURED} ORDER BY ALL")[0]
    with (home / "archive" / place["warc_file"]).open("r+b") as file:
        file.seek(place["warc_offset"] + 700)
        file.write(bytes(10))
    assert checked(settings, "--repair").exit_code == 1
    return settings


def test_what_was_archived_and_never_loaded_is_loaded_by_a_repair(lost: Settings, twice: Twice) -> None:
    urls = "SELECT count(DISTINCT url) AS n FROM main.captures WHERE kind = 'article'"
    assert ask(lost, urls)[0]["n"] >= ask(twice.first, urls)[0]["n"] - 1
    same = "SELECT article_id, title, body FROM main.articles"
    assert all(row in rows(twice.first, same) for row in rows(lost, same))


def test_a_damaged_record_is_an_open_finding(lost: Settings) -> None:
    found = ask(lost, "SELECT code, message FROM reports.open_findings WHERE code LIKE 'archive_%'")
    assert [row["code"] for row in found] == ["archive_damaged"]
    assert ".warc.gz at byte" in found[0]["message"]


def test_a_second_repair_loads_nothing(lost: Settings) -> None:
    before = ask(lost, "SELECT count(*) AS n FROM ops.outcomes")
    assert checked(lost, "--repair").exit_code == 1
    assert ask(lost, "SELECT count(*) AS n FROM ops.outcomes") == before


def test_a_warehouse_that_holds_something_is_not_rebuilt_over(twice: Twice) -> None:
    with pytest.raises(RefusedError, match="is not empty"):
        run_flow("rebuild", rebuild.stages, [], twice.first)


PROMOTED = {Fate.CHANGED, Fate.GAINED}
OLD_END = " (as an old reader had it)"


@pytest.fixture(scope="module")
def aged(twice: Twice) -> Settings:
    """The same archive, in a warehouse that an older reader filled: it put words behind German titles, lost
    the authors of the Gazette, and found nothing in the pages about Ukrainian cinema."""
    settings = twice.first.model_copy(
        update={"home": twice.first.home.parent / "aged", "archive": str(twice.first.archive_path), "hosts": ()}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuild, "extract", as_an_old_reader)
        run_flow("rebuild", rebuild.stages, [], settings, now=OPENED_AT + timedelta(hours=9))
    return settings


def as_an_old_reader(kit: Kit, group: Group, batch: Batch[Capture]) -> Batch[Article]:
    found = extract(kit, group, batch)
    return found.model_copy(update={"kept": tuple(read_badly(article) for article in found.kept)})


def read_badly(article: Article) -> Article:
    if article.source == "talblick":
        return article.model_copy(update={"title": article.title + OLD_END})
    if article.source == "harbour-gazette":
        return article.model_copy(update={"authors": ()})
    return article.model_copy(update={"body": "zu kurz"}) if "kino" in article.url else article


def test_a_replay_tells_fields_that_changed_and_articles_gained(aged: Settings) -> None:
    options = replay.ReplayOptions(OPENED_AT)
    run_flow("replay", partial(replay.stages, options), [], aged, now=OPENED_AT + timedelta(days=1))
    assert set(options.diff.fields) == {"title", "authors"}
    assert (
        options.diff.fields["title"]
        == ask(aged, "SELECT count(*) AS n FROM main.article_versions WHERE source = 'talblick'")[0]["n"]
    )
    assert options.diff.fates[Fate.GAINED] == 1
    assert Fate.LOST not in options.diff.fates
    titles = [change for each in options.diff.examples for change in each.changes if change.field == "title"]
    assert all(change.before == f"{change.after}{OLD_END}" for change in titles)


def test_a_replay_without_promotion_writes_a_page_and_no_version(aged: Settings) -> None:
    pages = list(aged.reports_path.glob("replay-*.html"))
    assert "harbour-gazette" in pages[0].read_text()
    assert (
        rows(aged, f"SELECT DISTINCT run_id FROM main.article_versions WHERE run_id LIKE '{OPENED_AT:%Y%m2%d}%'")
        == []
    )


def test_a_promotion_makes_what_changed_current_in_one_load(aged: Settings, twice: Twice) -> None:
    articles = "SELECT article_id, url, title, authors, body FROM main.articles"
    loads = ask(aged, "SELECT count(*) AS n FROM ops.loads")[0]["n"]
    options = replay.ReplayOptions(OPENED_AT, promotes=True)
    report = run_flow("replay", partial(replay.stages, options), [], aged)
    assert rows(aged, articles) == rows(twice.first, articles)
    assert ask(aged, "SELECT count(*) AS n FROM ops.loads")[0]["n"] == loads + 1
    made = f"FROM main.article_versions WHERE run_id = '{report.run.run_id}'"
    causes = ask(aged, f"SELECT count(*) AS n, count(supersedes) AS s {made} AND cause = 'replayed'")[0]
    assert (causes["n"], causes["n"] - causes["s"]) == (sum(options.diff.fates[each] for each in PROMOTED), 1)
    assert ask(aged, f"SELECT count(*) AS n FROM main.article_versions WHERE title LIKE '%{OLD_END}'")[0]["n"] > 10


def test_a_replay_of_what_was_promoted_finds_nothing_more(aged: Settings) -> None:
    options = replay.ReplayOptions(OPENED_AT, promotes=True)
    run_flow("replay", partial(replay.stages, options), [], aged)
    assert options.diff.fields == {}
    assert not options.diff.fates.keys() & PROMOTED
