"""Which articles become a version, decided from a timeline that is given."""

from datetime import datetime
from typing import Any

import pytest

from schemas.history.event import EventKind
from schemas.history.load_decisions import KnownTimelines
from schemas.history.timeline import RepeatFetch, StoredVersion, StoredVersionRow, TimelineMoment
from schemas.items.article import Article, Cause
from schemas.items.outcome import Reason
from tasks.pure.history.versions import decide_versions, repeats_to_look_up
from tests.support.warehouse.batch_samples import NOON, article, capture, hours

URL = "https://harbour.example/ferry"
ONE, TWO, THREE = (f"The ferry sails at {word} from the old pier." for word in ("six", "seven", "eight"))


def fetched(hour: float, text: str, url: str = URL, **changes: Any) -> Article:
    return article(capture(url, at(hour)), text, **{"published_at": NOON - hours(48)} | changes)


def at(hour: float) -> datetime:
    return NOON + hours(hour)


def moment(its: Article, version: int) -> TimelineMoment:
    names = ("article_id", "capture_id", "body_hash", "authors", "published_at", "published_precision", "word_count")
    said = {name: getattr(its, name) for name in names}
    times = {"said_at": its.fetched_at, "loaded_at": its.fetched_at}
    return TimelineMoment(**said, **times, version=version, loaded_as=its.article_id)


def known(*said: Article, repeats: tuple[RepeatFetch, ...] = ()) -> KnownTimelines:
    """The timeline of one article whose versions have these texts, oldest first."""
    moments = [moment(its, number) for number, its in enumerate(said, 1)]
    key = said[0].article_id
    return KnownTimelines({key: moments}, {key: len(said)}, repeats)


def repeat(of: Article, version: int, hour: float) -> RepeatFetch:
    its = capture(URL, at(hour))
    return RepeatFetch(
        article_id=of.article_id,
        version=version,
        seen_at=its.fetched_at,
        capture_id=its.capture_id,
        source="harbour",
        url=URL,
    )


def stored(of: Article, version: int) -> StoredVersion:
    fields = {name: getattr(of, name) for name in StoredVersionRow.model_fields if name != "version"}
    return StoredVersionRow(**fields, version=version)


@pytest.mark.parametrize(
    ("hour", "text", "reason", "version", "cause"),
    [
        (9, TWO, Reason.UNCHANGED, 2, None),
        (9, THREE, Reason.LOADED, 3, Cause.CHANGED),
        (9, ONE, Reason.REVERTED, 1, None),
        (3, ONE, Reason.UNCHANGED, 1, None),
        (3, TWO, Reason.UNCHANGED, 2, None),
        (3, THREE, Reason.LOADED, 3, Cause.EARLIER),
        (-1, ONE, Reason.UNCHANGED, 1, None),
        (-1, TWO, Reason.REVERTED, 2, None),
    ],
)
def test_a_text_is_decided_by_what_was_said_before_and_after_its_fetch(
    hour: float, text: str, reason: Reason, version: int, cause: Cause | None
) -> None:
    [decision] = decide_versions([fetched(hour, text)], known(fetched(0, ONE), fetched(6, TWO)))

    assert (decision.reason, decision.version, decision.cause) == (reason, version, cause)


def test_a_first_text_is_version_1_and_is_compared_with_nothing() -> None:
    [decision] = decide_versions([fetched(0, ONE)], KnownTimelines())

    assert decision == (fetched(0, ONE), Reason.LOADED, 1, None, Cause.FIRST, None, None, None, None)


def test_articles_of_one_url_are_decided_oldest_fetch_first_and_returned_in_their_order() -> None:
    its = [fetched(2, ONE), fetched(0, ONE), fetched(1, TWO)]

    decisions = decide_versions(its, KnownTimelines())

    assert [(one.reason.value, one.version) for one in decisions] == [("reverted", 1), ("loaded", 1), ("loaded", 2)]


@pytest.mark.parametrize(("minutes", "reason"), [(60, "duplicate"), (61, "loaded")])
def test_two_addresses_of_one_article_are_one_reading_within_an_hour(minutes: int, reason: str) -> None:
    older = fetched(0, ONE)
    newer = fetched(minutes / 60, TWO, f"{URL}/amp", article_id=older.article_id)

    decisions = decide_versions([older, newer], KnownTimelines())

    assert [one.reason.value for one in decisions] == [reason, "loaded"]


def test_a_later_fetch_with_the_known_text_is_told_beside_an_older_capture_with_another() -> None:
    first = fetched(0, ONE)
    later = repeat(first, 1, 4)

    [decision] = decide_versions([fetched(2, TWO)], known(first, repeats=(later,)))

    assert (decision.reason, decision.cause, decision.anchor) == (Reason.LOADED, Cause.EARLIER, later)


def test_later_fetches_are_looked_up_for_articles_that_say_something_else_only() -> None:
    first, other = fetched(0, ONE), fetched(2, TWO)
    moments = {first.article_id: [moment(first, 1)]}

    assert repeats_to_look_up([fetched(3, ONE), other, fetched(2, TWO, f"{URL}/new")], moments) == [other]


def test_a_version_is_compared_as_its_capture_is_extracted_today() -> None:
    first = fetched(0, ONE)
    reading = first.model_copy(update={"body_hash": fetched(0, TWO).body_hash})

    [decision] = decide_versions([fetched(3, TWO)], known(first), [reading])

    assert (decision.reason, decision.version) == (Reason.UNCHANGED, 1)


@pytest.mark.parametrize(("text", "reason", "supersedes"), [(ONE, "unchanged", None), (THREE, "loaded", 1)])
def test_a_re_extracted_capture_replaces_its_version_where_it_says_something_else(
    text: str, reason: str, supersedes: int | None
) -> None:
    first = fetched(0, ONE)
    timelines = known(first, fetched(6, TWO))._replace(replaced={first.capture_id: stored(first, 1)})

    [decision] = decide_versions([fetched(0, text)], timelines, is_read_anew=True)

    assert (decision.reason.value, decision.supersedes) == (reason, supersedes)


def test_a_capture_that_was_loaded_is_unchanged_whatever_it_says_now() -> None:
    [decision] = decide_versions([fetched(0, THREE)], known(fetched(0, ONE), fetched(6, TWO)))

    assert (decision.reason, decision.version, decision.again) == (Reason.UNCHANGED, 1, None)


def test_a_known_text_at_an_earlier_time_gets_a_moment_of_its_own() -> None:
    [decision] = decide_versions([fetched(-1, ONE)], known(fetched(0, ONE)))

    assert decision.again is EventKind.SEEN_EARLIER
    assert decision.detail == "same text as version 1, seen at an earlier time"
