"""Versions: what makes one, in which order they stand, and what a site said at an instant."""

from datetime import datetime
from typing import Any

import pytest

from schemas.items.article import Article, Completeness
from schemas.runs.batch import Batch
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse
from warehouse.load.arriving import bring_ids

URL = "https://harbour.example/ferry"
ONE, TWO, THREE = (f"The ferry sails at {word} from the old pier." for word in ("six", "seven", "eight"))
TIMELINE = "SELECT version, said_at, is_again FROM main.article_timeline ORDER BY said_at, version"
VERSIONS = "SELECT version, cause, compared_with FROM main.article_versions ORDER BY version"


def fetched(at_hour: float, text: str, url: str = URL, **changes: Any) -> Batch[Article]:
    """A batch of one article, fetched so many hours after noon, in a run of its own."""
    run_id = f"run-{at_hour}-{text[19:22]}-{url}"
    its = capture(url, NOON + hours(at_hour), run_id)
    fields = {"published_at": NOON - hours(48)} | changes
    return batch([(article(its, text, **fields), its)], run_id, run_id=run_id)


def say(warehouse: Warehouse, *said: tuple[float, str], **changes: Any) -> list[tuple[str, int | None]]:
    """Load the texts in this order; the reasons and versions."""
    loaded = [load_batch(warehouse, fetched(hour, text, **changes), at(100)) for hour, text in said]
    return [(one.outcomes[0].reason.value, one.outcomes[0].version) for one in loaded]


def at(hour: float) -> datetime:
    return NOON + hours(hour)


def body_as_of(warehouse: Warehouse, hour: float) -> list[str]:
    return [row[0] for row in ask(warehouse, f"SELECT body FROM articles_as_of('{at(hour)}')")]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": "Ferry is late", "body_hash": "1" * 64}, ["title"]),
        ({"body": THREE, "body_hash": "2" * 64}, ["body"]),
        ({"authors": ("Ada Quay", "Cy Buoy")}, ["authors"]),
        ({"published_at": NOON - hours(24)}, ["published_at"]),
        (
            {"title": "Ferry is late", "body": THREE, "body_hash": "3" * 64, "section": "Sea"},
            ["title", "body", "section"],
        ),
    ],
)
def test_a_changed_title_body_author_or_date_is_a_version_that_says_what_changed(
    warehouse: Warehouse, changes: dict[str, Any], fields: list[str]
) -> None:
    load_batch(warehouse, fetched(0, ONE), NOON)

    assert say(warehouse, (1, ONE), **changes) == [("loaded", 2)]
    assert look(warehouse, "SELECT changed_fields, compared_with FROM main.articles") == [(fields, 1)]


@pytest.mark.parametrize(
    "changes",
    [
        {"tags": ("pier", "ferry"), "modified_at": NOON, "image_url": "https://harbour.example/other.jpg"},
        {"authors": ("bo  pier", "Ada Quay")},
        {"authors": (), "published_at": None, "published_precision": None},
        {"published_at": NOON - hours(48) + hours(1 / 240)},
        {"completeness": Completeness.TEASER, "section": "Sea", "dek": "A dek that moved."},
    ],
)
def test_what_is_no_text_of_the_article_makes_no_version(warehouse: Warehouse, changes: dict[str, Any]) -> None:
    load_batch(warehouse, fetched(0, ONE), NOON)

    assert say(warehouse, (1, ONE), **changes) == [("unchanged", 1)]


def test_the_words_that_came_and_went_are_counted(warehouse: Warehouse) -> None:
    say(warehouse, (0, ONE), (1, "The ferry sails at nine o'clock from the old pier."))

    columns = "words_added, words_removed, round(similarity, 3)"
    assert look(warehouse, f"SELECT {columns} FROM main.article_versions ORDER BY version") == [
        (None, None, None),
        (3, 1, 0.833),
    ]


def test_a_text_that_flips_between_two_makes_two_versions_and_the_table_shows_what_is_said_now(
    warehouse: Warehouse,
) -> None:
    flips = say(warehouse, *((hour, (ONE, TWO)[hour % 2]) for hour in range(7)))

    assert flips == [("loaded", 1), ("loaded", 2), *[("reverted", 1), ("reverted", 2)] * 2, ("reverted", 1)]
    assert look(warehouse, "SELECT count(*) FROM main.article_versions") == [(2,)]
    assert look(warehouse, "SELECT version, body FROM main.articles") == [(1, ONE)]
    assert [body_as_of(warehouse, hour + 0.5)[0] for hour in range(7)] == [ONE, TWO] * 3 + [ONE]


def test_a_text_that_stays_after_it_went_back_is_unchanged(warehouse: Warehouse) -> None:
    assert say(warehouse, (0, ONE), (1, TWO), (2, ONE), (3, ONE))[2:] == [("reverted", 1), ("unchanged", 1)]


def test_a_run_counts_what_went_back_as_unchanged_and_rejects_nothing(warehouse: Warehouse) -> None:
    say(warehouse, (0, ONE), (1, TWO), (2, ONE))

    assert ask(warehouse, "FROM reports.rejections_by_reason") == []
    assert ask(warehouse, "FROM reports.unaccounted_urls") == []


def test_a_capture_older_than_what_is_known_becomes_an_older_version(warehouse: Warehouse) -> None:
    assert say(warehouse, (5, THREE), (0, ONE), (2, TWO)) == [("loaded", 1), ("loaded", 2), ("loaded", 3)]

    assert look(warehouse, VERSIONS) == [(1, "first", None), (2, "earlier", None), (3, "earlier", 2)]
    assert look(warehouse, TIMELINE) == [(2, at(0), False), (3, at(2), False), (1, at(5), False)]
    assert look(warehouse, "SELECT version, body FROM main.articles") == [(1, THREE)]


def test_the_order_of_loading_does_not_decide_what_was_said_when(warehouse: Warehouse) -> None:
    told = [(0, ONE), (1, ONE), (2, TWO), (3, ONE), (4, THREE), (5, THREE)]
    for order in ([5, 0, 3, 1, 4, 2], [0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0]):
        url = f"{URL}/{order[0]}{order[1]}"
        for place in order:
            load_batch(warehouse, fetched(*told[place], url=url), at(100))

    for hour, text in told:
        assert body_as_of(warehouse, hour + 0.5) == [text] * 3


def test_an_older_capture_of_a_known_text_makes_no_version_but_is_remembered(warehouse: Warehouse) -> None:
    assert say(warehouse, (5, ONE), (0, ONE)) == [("loaded", 1), ("unchanged", 1)]

    assert look(warehouse, TIMELINE) == [(1, at(0), True), (1, at(5), False)]
    assert look(warehouse, "SELECT kind, version, at_utc FROM ops.events") == [("seen_earlier", 1, at(0))]


def test_an_older_capture_does_not_become_what_is_said_now_where_a_later_fetch_met_the_known_text(
    warehouse: Warehouse,
) -> None:
    assert say(warehouse, (0, ONE), (4, ONE), (2, TWO)) == [("loaded", 1), ("unchanged", 1), ("loaded", 2)]

    assert look(warehouse, TIMELINE) == [(1, at(0), False), (2, at(2), False), (1, at(4), True)]
    assert look(warehouse, "SELECT version FROM main.articles") == [(1,)]


def test_an_older_capture_that_lacks_what_only_the_feed_said_makes_no_version(warehouse: Warehouse) -> None:
    load_batch(warehouse, fetched(5, ONE), NOON)

    bare = fetched(0, ONE, authors=(), published_at=None, published_precision=None)
    assert load_batch(warehouse, bare, NOON).outcomes[0].reason == "unchanged"


def test_several_captures_of_one_url_in_one_batch_are_versions_in_the_order_of_their_fetches(
    warehouse: Warehouse,
) -> None:
    pairs = [(text, capture(URL, at(hour))) for hour, text in ((2, ONE), (0, ONE), (1, TWO), (3, THREE))]
    rows = [(article(its, text, published_at=NOON - hours(48)), its) for text, its in pairs]

    loaded = load_batch(warehouse, batch(rows), at(4))

    assert sorted(one.reason.value for one in loaded.outcomes) == ["loaded", "loaded", "loaded", "reverted"]
    assert look(warehouse, TIMELINE) == [(1, at(0), False), (2, at(1), False), (1, at(2), True), (3, at(3), False)]
    assert ask(warehouse, "FROM reports.unaccounted_urls") == []


def test_a_capture_read_anew_takes_the_place_of_its_version_and_the_former_stays(warehouse: Warehouse) -> None:
    say(warehouse, (0, ONE), (5, TWO))
    better = fetched(0, ONE.replace("old", "very old"))
    better = better.model_copy(update={"batch_id": batch([], "anew").batch_id, "run_id": "replay-1"})

    loaded = load_batch(warehouse, better, at(200), is_read_anew=True)

    assert [(one.reason.value, one.version) for one in loaded.outcomes] == [("loaded", 3)]
    assert look(
        warehouse, "SELECT version, cause, compared_with, supersedes FROM main.article_versions WHERE version = 3"
    ) == [(3, "replayed", 1, 1)]
    assert look(warehouse, "SELECT version, said_at FROM main.article_timeline ORDER BY said_at") == [
        (3, at(0)),
        (2, at(5)),
    ]
    assert look(warehouse, "SELECT version FROM main.articles") == [(2,)]
    assert body_as_of(warehouse, 1) == [better.kept[0].body]


def test_a_capture_read_anew_that_says_the_same_changes_nothing(warehouse: Warehouse) -> None:
    first = fetched(0, ONE)
    load_batch(warehouse, first, NOON)

    again = first.model_copy(update={"batch_id": batch([], "anew").batch_id, "run_id": "replay-1"})
    loaded = load_batch(warehouse, again, at(200), is_read_anew=True)

    assert [(one.reason.value, one.version) for one in loaded.outcomes] == [("unchanged", 1)]


def test_a_moment_at_which_a_version_was_met_again_follows_its_later_reading(warehouse: Warehouse) -> None:
    say(warehouse, (0, ONE), (1, TWO), (2, ONE))
    its = capture(URL, at(0), f"run-0-{ONE[19:22]}-{URL}")
    better = batch([(article(its, THREE, published_at=NOON - hours(48)), its)], "anew", run_id="replay-1")

    load_batch(warehouse, better, at(200), is_read_anew=True)

    assert look(warehouse, TIMELINE) == [(3, at(0), False), (2, at(1), False), (3, at(2), True)]


def test_before_its_first_fetch_nothing_is_known_of_an_article(warehouse: Warehouse) -> None:
    say(warehouse, (1, ONE))

    assert body_as_of(warehouse, 0.5) == []


def test_what_the_load_compares_is_the_timeline_that_readers_see(warehouse: Warehouse) -> None:
    say(warehouse, (5, THREE), (0, ONE), (2, TWO), (6, ONE), (3, TWO), (1, THREE))
    with warehouse.read() as session:
        ids = session.script("SELECT DISTINCT article_id FROM main.article_versions")
        bring_ids(session, {row[0] for row in ids})
        times = session.script("SELECT min(loaded_at), max(loaded_at) FROM main.article_versions")[0]
        moments = [row[:4] for row in session.rows("select_timeline", first=times[0], last=times[1])]
        seen = session.script(
            "SELECT article_id, version, said_at, loaded_as FROM main.article_timeline ORDER BY said_at, version"
        )

    assert moments == seen
    assert [(row[1], row[2]) for row in seen] == [(2, at(0)), (1, at(1)), (3, at(2)), (1, at(5)), (2, at(6))]
