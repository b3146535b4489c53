"""Reports about stories: by day, in time, by source, in common, and what a source has not."""

from datetime import datetime, timedelta

from schemas.history.rows import SourceFileState
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Precision
from tests.support.warehouse.batch_samples import NOON, batch, hours, run
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from tests.support.warehouse.story_samples import told
from warehouse.database.connection import Warehouse
from warehouse.load.load import load_run

Told = tuple[Article, Capture]


def published(pair: Told, at: datetime, precision: Precision = Precision.SECOND) -> Told:
    """The article, published at that time."""
    return pair[0].model_copy(update={"published_at": at, "published_precision": precision}), pair[1]


def two_days() -> list[Told]:
    """One event: two outlets at noon and an hour later, a third on the next day, when the first tells of it again."""
    pairs = [told(1, number, NOON + hours(30 * (number > 1))) for number in (0, 1, 2, 4)]
    times = [NOON, NOON + hours(1), NOON + hours(20), NOON + hours(21)]
    return [published(pair, at) for pair, at in zip(pairs, times, strict=True)]


def test_a_story_has_a_row_a_day_with_what_was_known_by_its_end(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch([*two_days(), published(told(2, 3, NOON + hours(30)), NOON + hours(22))]), NOON)

    columns = "day::VARCHAR, outlets, articles, new_articles, growth, round(share, 2), sources, languages"
    assert ask(warehouse, f"SELECT {columns} FROM reports.stories_of_the_day WHERE articles > 1") == [
        ("2026-11-24", 3, 4, 2, 0, 0.67, ["harbour", "pier", "quay"], ["en"]),
        ("2026-11-23", 2, 2, 2, 2, 1.0, ["harbour", "quay"], ["en"]),
    ]


def test_the_articles_of_a_day_are_counted_by_the_hour(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch(two_days()), NOON)

    [(first,)] = ask(warehouse, "SELECT by_hour FROM reports.stories_of_the_day WHERE day = DATE '2026-11-23'")
    assert (first[12], first[13], sum(first), len(first)) == (1, 1, 2, 24)


def test_a_timeline_has_the_articles_in_time_with_what_their_time_is(warehouse: Warehouse) -> None:
    first, second, third, fourth = two_days()
    midnight = NOON + hours(12)
    pairs = [first, second, published(third, midnight, Precision.DAY), fourth]
    load_batch(warehouse, batch(pairs), NOON)

    columns = "position, source, at_by, delay_s, versions, is_copy"
    assert ask(warehouse, f"SELECT {columns} FROM reports.story_timeline") == [
        (1, "harbour", "published", 0.0, 1, False),
        (2, "quay", "published", 3600.0, 1, False),
        (3, "pier", "day", None, 1, False),
        (4, "harbour", "published", 75600.0, 1, False),
    ]


def test_the_source_that_had_a_story_first_leads_until_the_second_has_it(warehouse: Warehouse) -> None:
    load_batch(warehouse, batch(two_days()), NOON)

    columns = "source, articles, own_texts, place, led, delay_s, lead_s"
    assert ask(warehouse, f"SELECT {columns} FROM reports.story_coverage") == [
        ("harbour", 2, 2, 1, True, 0.0, 3600.0),
        ("quay", 1, 1, 2, False, 3600.0, None),
        ("pier", 1, 1, 3, False, 72000.0, None),
    ]


def test_nobody_leads_where_one_has_only_a_day(warehouse: Warehouse) -> None:
    first, second, *_ = two_days()
    load_batch(warehouse, batch([published(first, NOON - hours(12), Precision.DAY), second]), NOON)

    assert ask(warehouse, "SELECT source, place, led, lead_s FROM reports.story_coverage") == [
        ("harbour", 1, False, None),
        ("quay", 2, False, None),
    ]
    assert ask(warehouse, "SELECT source, other_source, stories, led, ties FROM reports.source_overlap") == [
        ("harbour", "quay", 1, 0, 1)
    ]


def test_two_sources_have_stories_in_common_by_share_of_each(warehouse: Warehouse) -> None:
    alone = published(told(2, 0, NOON), NOON)
    load_batch(warehouse, batch([*two_days()[:2], alone]), NOON)

    columns = "source, other_source, stories, share_of_source, share_of_other, led, led_by_other, ties, shared_texts"
    assert ask(warehouse, f"SELECT {columns} FROM reports.source_overlap") == [
        ("harbour", "quay", 1, 0.5, 1.0, 1, 0, 0, 0)
    ]


def test_a_story_of_three_outlets_is_missing_at_a_source_of_its_language_that_was_active(
    warehouse: Warehouse,
) -> None:
    load_batch(warehouse, batch([*two_days(), published(told(2, 3, NOON), NOON)]), NOON)
    load_run(warehouse, run(), [file_state("mole", "en-GB"), file_state("harbour", "en"), file_state("rests", "en")])

    assert ask(warehouse, "SELECT source, outlets, sources FROM reports.missing_stories") == [
        ("mole", 3, ["harbour", "pier", "quay"])
    ]


def file_state(slug: str, language: str) -> SourceFileState:
    return SourceFileState(
        slug=slug,
        name=slug,
        country="gb",
        language=language,
        homepage=f"https://{slug}.example/",
        places=(),
        at=NOON - timedelta(days=1),
        run_id="run-1",
    )
