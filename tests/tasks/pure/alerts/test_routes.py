"""alerts.toml: what is right, and what is said of what is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.errors import SettingsError
from schemas.items.finding import Severity
from schemas.runs.alert import Alertable, AlertKind
from tasks.pure.alerts.routes import Route, parse_alerts

WHOLE = """
time_zone = "Europe/Berlin"

[missing]
ingest = "90m"
maintain = "1d"

[templates]
title = "{code}: {source}"

[routes.desk]
url = "mailto://desk:${SMTP_PASSWORD}@smtp.paper.example?to=desk@paper.example"
what = ["finding", "missing"]
severity = "notice"
sources = ["al-marsa", "talb*"]
quiet = "22:00-07:00"
urgent = ["missing"]
digest = "08:00"
"""


def finding(**changes: object) -> Alertable:
    plain = {
        "incident_id": "1",
        "kind": AlertKind.FINDING,
        "severity": Severity.WARNING,
        "source": "talblick",
        "code": "feed_went_empty",
        "message": "no entry",
        "opened_at": datetime(2026, 11, 30, tzinfo=UTC),
    }
    return Alertable.model_validate(plain | changes)


def test_every_key_is_read() -> None:
    file = parse_alerts(WHOLE, "alerts.toml")
    assert file.missing == {"ingest": timedelta(minutes=90), "maintain": timedelta(days=1)}
    assert file.templates.title == "{code}: {source}"
    assert file.routes["desk"].what == (AlertKind.FINDING, AlertKind.MISSING)
    assert file.routes["desk"].urgent == (AlertKind.MISSING,)


def test_two_hours_without_a_good_ingest_are_told_where_nothing_else_is_said() -> None:
    assert parse_alerts("", "alerts.toml").missing == {"ingest": timedelta(hours=2)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[routes.a]\nurl = "ntfy://h/t"\nqiet = "22:00-07:00"',
            "a.toml:3: unknown key 'routes.a.qiet'; did you mean 'quiet'?",
        ),
        ("[rutes.a]\nurl = 1", "a.toml:1: unknown key 'rutes'; did you mean 'routes'?"),
        ('[routes.a]\nwhat = ["failed"]', "a.toml:1: the key 'routes.a.url' is missing; add a line such as url ="),
        (
            '[routes.a]\nurl = "ntfy://h/t"\nwhat = ["fialed"]',
            "a.toml:3: routes.a.what = 'fialed': did you mean 'failed'?",
        ),
        (
            '[routes.a]\nurl = "ntfy://h/t"\nseverity = "warn"',
            "a.toml:3: routes.a.severity = 'warn': did you mean 'warning'?",
        ),
        (
            '[routes.a]\nurl = "ntfy://h/t"\nquiet = "22-7"',
            "a.toml:3: routes.a.quiet = '22-7': write it as '22:00-07:00'",
        ),
        (
            '[routes.a]\nurl = "ntfy://h/t"\nquiet = "25:00-07:00"',
            "a.toml:3: routes.a.quiet = '25:00-07:00': there is no 25:00",
        ),
        (
            '[routes.a]\nurl = "ntfy://h/t"\ndigest = "hourly"',
            "a.toml:3: routes.a.digest = 'hourly': 'hourly' is no length",
        ),
        ('[missing]\n\ningest = "2"', "a.toml:3: missing.ingest = '2': '2' is no length of time; write 90s"),
        ('time_zone = "Europe/Berln"', "a.toml:1: time_zone = 'Europe/Berln': did you mean 'Europe/Berlin'?"),
        (
            '[templates]\nopened = "{sorce}"',
            "a.toml:2: templates.opened = '{sorce}': unknown placeholder {sorce}; did you mean 'source'?",
        ),
        ('[templates]\nopened = "{message.__class__}"', "unknown placeholder {message.__class__}"),
        ('[templates]\nopend = "x"', "a.toml:2: unknown key 'templates.opend'; did you mean 'opened'?"),
        ('[routes.a]\nurl = "ntfy://h/t"\n\n[routes.a]\nurl = "x"', "a.toml:4: the file is no TOML"),
        ("[routes.a]\nurl = 'x", "a.toml:2: the file is no TOML"),
    ],
)
def test_a_fault_names_file_line_and_the_nearest_right_word(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_alerts(text, "a.toml")
    assert told in str(caught.value)


def test_a_wrong_url_is_never_repeated() -> None:
    with pytest.raises(SettingsError, match=r"a\.toml:2: routes\.a\.url: must be an address of Apprise") as caught:
        parse_alerts('[routes.a]\nurl = "user:s3cr3t@host"', "a.toml")
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize(
    ("route", "one", "takes"),
    [
        ({}, {}, True),
        ({}, {"severity": "notice"}, False),
        ({"severity": "notice"}, {"severity": "notice"}, True),
        ({"what": ["failed"]}, {}, False),
        ({"sources": ["talb*"]}, {}, True),
        ({"sources": ["al-marsa"]}, {}, False),
        ({"sources": ["al-marsa"]}, {"source": None, "kind": "failed"}, True),
        ({"codes": ["feed_*"]}, {}, True),
        ({"codes": ["source_*"]}, {}, False),
    ],
)
def test_a_route_takes_what_it_names(route: dict[str, object], one: dict[str, object], takes: bool) -> None:
    assert Route.model_validate({"url": "ntfy://h/t"} | route).takes(finding(**one)) is takes
