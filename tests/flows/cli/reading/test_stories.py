"""`newsdesk stories` as a user meets it."""

from datetime import UTC, datetime

import pytest

from tasks.pure.history import rules
from tests.support.desks import Desk
from tests.support.warehouse.batch_samples import hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.story_samples import batches, told
from warehouse.database.connection import Warehouse
from warehouse.load.story_links import link_stories
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home with an event that three outlets report, and one that one reports."""
    home = tmp_path_factory.mktemp("stories")
    its = [*(told(1, outlet, NOW - hours(3 - outlet)) for outlet in range(3)), told(2, 0, NOW - hours(1))]
    its = [(one.model_copy(update={"image_url": None, "links_out": ()}), of) for one, of in its]
    article, capture = told(1, 3, NOW - hours(1))
    its.append((article.model_copy(update={"language": "de", "image_url": None, "links_out": ()}), capture))
    url = f"ducklake:sqlite:{home}/warehouse/catalog.sqlite?data={home}/warehouse/data/"
    with Warehouse(url) as warehouse:
        migrate(warehouse, NOW)
        load_batch(warehouse, batches(its, len(its))[0], NOW)
        link_stories(warehouse, rules, "link", NOW)
        publish_reader(warehouse, home / "newsdesk.duckdb")
    return Desk({"NEWSDESK_HOME": str(home)})


def test_the_story_of_most_outlets_comes_first(desk: Desk) -> None:
    rows = desk.json("stories", "--json")
    assert [(row["outlets"], row["articles"]) for row in rows] == [(3, 3), (1, 1), (1, 1)]  # type: ignore[attr-defined]  # JSON


def test_the_first_publication_is_told_where_it_was_before_the_fetch(desk: Desk) -> None:
    shown = desk.run("stories").stdout
    row = desk.json("stories", "--json")[0]  # type: ignore[index]  # JSON

    assert row["first_at"] < row["first_seen_at"]
    assert "first published" in shown
    assert "first seen" not in shown


def test_a_source_or_a_language_narrows_the_list(desk: Desk) -> None:
    assert len(desk.json("stories", "--source", "pier", "--json")) == 1  # type: ignore[arg-type]  # JSON
    assert desk.json("stories", "--language", "fr", "--json") == []


def test_a_story_is_shown_by_the_beginning_of_its_id_with_what_the_articles_share(desk: Desk) -> None:
    story_id = desk.json("stories", "--json")[0]["story_id"]  # type: ignore[index]  # JSON
    told_of = desk.json("stories", "show", story_id[:13], "--json")
    members = told_of["members"]  # type: ignore[index]  # JSON
    assert [one["source"] for one in members] == ["harbour", "quay", "pier"]
    assert [len(one["shared"]) for one in members] == [0, 6, 6]
    shown = desk.run("stories", "show", story_id)
    assert "began the story" in shown.stdout
    assert "joined at 0." in shown.stdout


def test_a_story_names_the_one_in_another_language_with_what_they_share(desk: Desk) -> None:
    story_id = desk.json("stories", "--json")[0]["story_id"]  # type: ignore[index]  # JSON

    told_of = desk.json("stories", "show", story_id, "--json")
    shown = desk.run("stories", "show", story_id)

    assert [one["language"] for one in told_of["links"]] == ["de"]  # type: ignore[index]  # JSON
    assert "also in de, 1 outlet" in shown.stdout
    assert "linked at 0." in shown.stdout


def test_an_id_that_no_story_has_is_wrong_usage(desk: Desk) -> None:
    done = desk.run("stories", "show", "ffffffff-not")
    assert done.returncode == 2
    assert "no story has an id" in done.stderr
