"""The load of a batch puts its articles into stories, and says why."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest

from schemas.errors import UsageError
from schemas.history.correction import Correction
from schemas.history.stories import StorySeparation
from tasks.pure.history import rules
from tests.support.warehouse.batch_samples import NOON, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import look
from tests.support.warehouse.story_samples import batches, newsroom, told
from warehouse.database.connection import Warehouse
from warehouse.load.corrections import corrections, write_corrections
from warehouse.load.separations import undo_join
from warehouse.load.stories import insert, place_stored
from warehouse.tables.migrate import migrate

STORIES = "SELECT article_id, story_id FROM main.story_articles ORDER BY ALL"
DECISIONS = "SELECT * EXCLUDE (batch_id, run_id, at_utc) FROM ops.story_events ORDER BY step"


def test_articles_of_one_event_are_one_story_and_each_outlet_counts(warehouse: Warehouse) -> None:
    its = newsroom(3)

    load_batch(warehouse, batches(its, 12)[0], NOON)

    rows = look(warehouse, "SELECT articles, outlets, sources FROM main.stories")
    assert rows == [(4, 4, ["harbour", "mole", "pier", "quay"])] * 3
    found: dict[str, set[UUID]] = {}
    stories = dict(look(warehouse, STORIES))
    for article, _ in its:
        found.setdefault(article.url.partition(".example/")[2].partition("-")[0], set()).add(
            stories[article.article_id]
        )
    assert [len(each) for each in found.values()] == [1, 1, 1]


def test_a_join_says_the_shared_terms_and_their_shares(warehouse: Warehouse) -> None:
    load_batch(warehouse, batches([told(1, 0, NOON), told(1, 1, NOON + hours(1))], 2)[0], NOON)

    began, joined = look(warehouse, "SELECT kind, cosine, shared, run_id FROM ops.story_events ORDER BY step")

    assert began == ("began", None, [], "run-2-0")
    assert joined[0] == "joined"
    assert joined[1] > 0.38
    assert len(joined[2]) == 6
    assert 0 < sum(each["share"] for each in joined[2]) <= 1
    assert joined[2] == sorted(joined[2], key=lambda each: -each["share"])


def test_where_a_batch_ends_decides_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    its = newsroom(40, 5, 14)
    for one in batches(its, len(its)):
        load_batch(warehouse, one, NOON)
    whole = look(warehouse, DECISIONS)
    assert {row[1] for row in whole} == {"began", "joined", "merged"}

    with Warehouse(url_of(tmp_path / "second")) as second:
        migrate(second, NOON)
        for one in batches(its, 37):
            load_batch(second, one, NOON)
        assert look(second, DECISIONS) == whole


def test_a_new_version_and_a_second_load_put_no_article_in_twice(warehouse: Warehouse) -> None:
    article, capture = told(1, 0, NOON)
    again = capture.model_copy(update={"capture_id": UUID(int=7), "fetched_at": NOON + hours(2), "run_id": "run-2"})
    changed = article.model_copy(
        update={
            "body": f"{article.body} And more.",
            "body_hash": "a" * 64,
            "capture_id": UUID(int=7),
            "fetched_at": NOON + hours(2),
        }
    )
    (first,) = batches([(article, capture)], 1)
    (second,) = batches([(changed, again)], 1)
    second = second.model_copy(update={"batch_id": UUID(int=8), "run_id": "run-2"})

    load_batch(warehouse, first, NOON)
    load_batch(warehouse, first, NOON)
    assert load_batch(warehouse, second, NOON).versions_inserted == 1

    assert look(warehouse, "SELECT kind FROM ops.story_events") == [("began",)]


@pytest.mark.parametrize(("days", "stories"), [(3, 1), (-3, 1), (6, 2), (-6, 2)])
def test_a_late_article_finds_its_story_by_its_publication(warehouse: Warehouse, days: int, stories: int) -> None:
    article, capture = told(1, 1, NOON + timedelta(days=30))
    late = article.model_copy(update={"published_at": NOON + timedelta(days=days)})

    load_batch(warehouse, batches([told(1, 0, NOON)], 1)[0], NOON)
    (batch,) = batches([(late, capture)], 1)
    load_batch(warehouse, batch.model_copy(update={"batch_id": UUID(int=8), "run_id": "late"}), NOON)

    assert len({story for _, story in look(warehouse, STORIES)}) == stories


def test_languages_are_apart(warehouse: Warehouse) -> None:
    (one, of), (other, of_other) = told(1, 0, NOON), told(1, 1, NOON)
    other = other.model_copy(update={"language": "de"})

    load_batch(warehouse, batches([(one, of), (other, of_other)], 2)[0], NOON)

    assert look(warehouse, "SELECT language, articles FROM main.stories ORDER BY language") == [("de", 1), ("en", 1)]


def test_a_copy_is_of_the_story_of_its_text_and_counts_for_no_outlet(warehouse: Warehouse) -> None:
    (first, of_first), *others = [told(1, outlet, NOON + hours(outlet)) for outlet in range(3)]
    text = f"{first.body} {' '.join(f'more{number}' for number in range(16))}"  # Brief texts have no copies.
    first = first.model_copy(update={"body": text, "word_count": 60})
    copy, of_copy = told(1, 3, NOON + hours(4))
    copy = copy.model_copy(update={"body": text, "word_count": 60, "title": "Something else entirely"})
    its = [(first, of_first), *others]

    load_batch(warehouse, batches([*its, (copy, of_copy)], 4)[0], NOON)

    assert look(warehouse, "SELECT article_id FROM main.story_articles WHERE is_copy") == [(copy.article_id,)]
    assert look(warehouse, "SELECT articles, outlets, len(sources) FROM main.stories") == [(4, 3, 4)]


def test_an_article_that_a_person_took_out_stays_out_and_what_is_like_it_joins_it(warehouse: Warehouse) -> None:
    its = [told(1, outlet, NOON + hours(outlet)) for outlet in range(3)]
    load_batch(warehouse, batches(its, 3)[0], NOON)
    wrong = its[2][0]

    event = undo_join(warehouse, wrong.canonical_url, "another ferry", NOON + hours(4), rules)

    stories = dict(look(warehouse, STORIES))
    assert stories[wrong.article_id] == event.story_id
    assert stories[its[0][0].article_id] == stories[its[1][0].article_id] == event.other_story_id
    more = [told(event, outlet, NOON + hours(5)) for event in range(1, 40) for outlet in range(3, 7)]
    for one in batches(more, 100):
        load_batch(warehouse, one, NOON)
    now = dict(look(warehouse, STORIES))
    assert now[wrong.article_id] != now[its[0][0].article_id]
    kinds = {row[0] for row in look(warehouse, "SELECT kind FROM ops.story_events WHERE why = 'another ferry'")}
    assert kinds == {"undone"}


def test_in_an_empty_warehouse_a_statement_keeps_the_two_apart_too(warehouse: Warehouse) -> None:
    (one, of), (other, of_other) = told(1, 0, NOON), told(1, 1, NOON + hours(1))
    said = StorySeparation(
        article_id=other.article_id, other_article_id=one.article_id, why="a test", run_id="by hand", at=NOON
    )
    warehouse.write("test", lambda session: insert(session, "insert_story_separations", StorySeparation, [said]), "x")

    load_batch(warehouse, batches([(one, of), (other, of_other)], 2)[0], NOON)

    assert look(warehouse, "SELECT articles FROM main.stories") == [(1,), (1,)]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_in_whatever_order_they_come_the_one_that_was_taken_out_is_alone(
    warehouse: Warehouse, order: tuple[int, ...]
) -> None:
    its = [told(1, outlet, NOON + hours(outlet)) for outlet in range(3)]
    wrong, *others = (article.article_id for article, _ in its)
    said = [
        StorySeparation(article_id=wrong, other_article_id=other, why="a test", run_id="by hand", at=NOON)
        for other in others
    ]
    write_corrections(warehouse, [Correction(separations=tuple(said))] * 2)

    for one in batches([its[number] for number in order], 1):
        load_batch(warehouse, one, NOON)

    stories = dict(look(warehouse, STORIES))
    assert stories[others[0]] == stories[others[1]] != stories[wrong]
    assert corrections(warehouse) == [
        Correction(separations=tuple(sorted(said, key=lambda one: one.other_article_id)))
    ]


@pytest.mark.parametrize("number", [0, 1], ids=["alone", "unknown"])
def test_an_article_alone_in_its_story_cannot_be_taken_out(warehouse: Warehouse, number: int) -> None:
    load_batch(warehouse, batches([told(1, 0, NOON)], 1)[0], NOON)
    with pytest.raises(UsageError):
        undo_join(warehouse, told(1, number, NOON)[0].canonical_url, "a test", NOON, rules)


def test_articles_of_an_earlier_release_get_their_stories_once(warehouse: Warehouse) -> None:
    its = newsroom(4)
    load_batch(warehouse, batches(its, 16)[0], NOON)
    whole = look(warehouse, STORIES)
    tables = ("story_events", "story_states", "term_frequencies")
    forgotten = "; ".join(f"DELETE FROM ops.{table}" for table in tables)
    warehouse.write("test", lambda session: session.script(forgotten), "as before the upgrade")

    numbers = [place_stored(warehouse, rules, "maintain", NOON, 16) for _ in range(2)]

    assert numbers == [16, 0]
    assert look(warehouse, STORIES) == whole
