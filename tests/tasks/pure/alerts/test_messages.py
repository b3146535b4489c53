"""The words of a message, which foreign text must not turn into something else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schemas.items.finding import Severity
from schemas.runs.alert import Alert, AlertKind, AlertPhase, AlertState
from tasks.pure.alerts.messages import BODY_CHARS, LISTED_AT_MOST, channel_text, message_of
from tasks.pure.alerts.routes import Templates

BERLIN = ZoneInfo("Europe/Berlin")
OPENED = datetime(2026, 11, 30, 9, tzinfo=UTC)


def alert(**changes: object) -> Alert:
    plain = {
        "incident_id": "1",
        "kind": AlertKind.FINDING,
        "severity": Severity.WARNING,
        "source": "talblick",
        "code": "feed_went_empty",
        "message": "the feed has no entry",
        "opened_at": OPENED,
        "route": "desk",
        "phase": AlertPhase.OPENED,
        "state": AlertState.WAITING,
        "attempts": 0,
        "made_at": OPENED,
        "due_at": OPENED,
    }
    return Alert.model_validate(plain | changes)


def test_an_opened_incident_is_told_in_the_times_of_the_zone() -> None:
    told = message_of([alert()], Templates(), BERLIN, "ntfy")
    assert told == ("warning: feed_went_empty talblick", "the feed has no entry\nsince 2026-11-30 10:00 CET")


def test_its_end_says_how_long_it_was_and_what_shows_it() -> None:
    over = alert(phase=AlertPhase.OVER, closed_at=OPENED + timedelta(hours=26), why="it lists 12 entries")
    told = message_of([over], Templates(), BERLIN, "ntfy").body
    assert told.startswith("over after 1 d 2 h: the feed has no entry\n")
    assert told.endswith("to 2026-12-01 12:00 CET (it lists 12 entries)")


def test_what_was_over_before_it_could_be_told_says_both_times() -> None:
    told = message_of([alert(closed_at=OPENED + timedelta(hours=1))], Templates(), BERLIN, "ntfy").body
    assert "was so from 2026-11-30 10:00 CET to 2026-11-30 11:00 CET, 1 h: it is over" in told


def test_several_become_one_message_and_the_rest_is_counted() -> None:
    many = [alert(incident_id=str(number), source=f"s-{number}") for number in range(LISTED_AT_MOST + 3)]
    told = message_of(many, Templates(), BERLIN, "ntfy")
    assert told.title == f"newsdesk: {LISTED_AT_MOST + 3} open, 0 over"
    assert told.body.endswith("and 3 more: newsdesk alerts log")
    assert len(told.body) <= BODY_CHARS


@pytest.mark.parametrize(
    ("scheme", "foreign", "safe"),
    [
        ("ntfy", "a\r\nBcc: all@paper.example\x00\x1b[31m", "a Bcc: all@paper.example\ufffd\ufffd[31m"),
        ("mailto", "\u202egnp.exe", "\ufffdgnp.exe"),
        ("slack", "now <!channel> and <@U1>", "now <\u200b!channel> and <@\u200bU1>"),
        (
            "discord",
            "@everyone *x* [y](http://z.example)",
            "\\@\u200beveryone \\*x\\* \\[y\\]\\(http\\://z.example\\)",
        ),
        ("json", "{source} %s", "{source} %s"),
    ],
)
def test_foreign_text_stays_text(scheme: str, foreign: str, safe: str) -> None:
    assert channel_text(foreign, scheme) == safe


def test_values_are_bounded_and_braces_in_them_are_no_placeholders() -> None:
    told = message_of([alert(message="{source}" + "x" * 9000)], Templates(), BERLIN, "ntfy").body
    assert told.startswith("{source}xxx")
    assert len(told) < 700


def test_a_title_has_one_line_whatever_the_source_is_called() -> None:
    told = message_of([alert(source="a\nBcc: b")], Templates(title="{source}\n{code}"), BERLIN, "mailto")
    assert told.title == "a Bcc: b feed_went_empty"
