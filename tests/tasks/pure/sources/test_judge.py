"""What is learnt of a source, and when: nothing of the days in which its feeds listed nothing unseen."""

from datetime import UTC, datetime, timedelta

from schemas.sources.source import Source
from schemas.sources.usual import SourceTally, Usual
from tasks.pure.sources.judge import Seen, judged, relearnt
from tasks.pure.sources.volume import hour_of, longest_gap

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)
SOURCE = Source.model_validate(
    {"slug": "tides", "name": "Tides", "homepage": "https://tides.example/", "language": "en", "country": "gb"}
)


def tally(at: datetime) -> SourceTally:
    return SourceTally(run_id="r", source="tides", at=at, articles=1, hours=(hour_of(at),))


def weekly(weeks: int) -> Usual:
    """What is known of a source with an article each Thursday at noon."""
    usual, tallies = None, []
    for week in range(weeks):
        at = MONDAY + (7 * week + 3) * DAY + timedelta(hours=12)
        tallies.append(tally(at))
        usual = relearnt(Seen(SOURCE, {}, (at, at + DAY), usual, tallies), True, "r", at + DAY) or usual
    assert usual is not None
    return usual


def test_the_days_since_something_was_listed_last_are_learnt_when_something_is_listed_again() -> None:
    usual = weekly(12)
    last = MONDAY + (7 * 11 + 3) * DAY + timedelta(hours=12)
    silent = [last + number * DAY for number in range(60)]
    assert relearnt(Seen(SOURCE, {}, silent, usual, [tally(last)]), True, "r", silent[-1]) is None
    assert relearnt(Seen(SOURCE, {}, silent, usual, [tally(last)]), False, "r", silent[-1]) is None

    back = last + 63 * DAY
    learnt = relearnt(Seen(SOURCE, {}, [back], usual, [tally(last), tally(back)]), True, "r", back + DAY)
    assert learnt is not None
    assert learnt.days > usual.days + 60
    assert sum(learnt.hourly) < sum(usual.hourly)


def test_a_weekly_source_that_fell_silent_is_told_within_four_weeks_and_stays_so() -> None:
    usual = weekly(26)
    assert longest_gap(usual) < 4
    last = MONDAY + (7 * 25 + 3) * DAY + timedelta(hours=12)
    for days, codes in ((14, []), (29, ["source_dried_up"]), (85, ["source_dried_up"])):
        polls = [last + number * DAY / 4 for number in range(4 * days)]
        seen = Seen(SOURCE, {}, polls, usual, [tally(last)])
        assert [each.code for each in judged(seen, "r", polls[-1], 1.0)] == codes
