"""The file of routes, alerts.toml: its types, and what is wrong with a text of it, with line and nearest key."""

import re
import string
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from schemas.errors import SettingsError, nearest
from schemas.items.finding import Severity
from schemas.runs.alert import Alertable, AlertKind
from tasks.pure.text.durations import duration
from tasks.pure.text.toml_places import line_of, parse_toml

PLACEHOLDERS = ("kind", "severity", "source", "code", "message", "opened", "over", "lasted", "why", "route")
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SHOWN_CHARS = 80
_SEVERITIES = (Severity.NOTICE, Severity.WARNING)


def _length(value: object) -> object:
    return duration(value) if isinstance(value, str) else value


def _one_of(words: Iterable[str]) -> BeforeValidator:
    known = sorted(str(word) for word in words)

    def check(value: object) -> object:
        if isinstance(value, str) and value not in known:
            raise ValueError(nearest(value, known))
        return value

    return BeforeValidator(check)


Length = Annotated[timedelta, BeforeValidator(_length)]
Kind = Annotated[AlertKind, _one_of(AlertKind)]
ALL = tuple(AlertKind)


class Route(BaseModel):
    """Where messages go, and which."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    what: tuple[Kind, ...] = ALL
    severity: Annotated[Severity, _one_of(Severity)] = Severity.WARNING
    sources: tuple[str, ...] = ("*",)
    codes: tuple[str, ...] = ("*",)
    over: bool = True
    quiet: str | None = None
    urgent: tuple[Kind, ...] = ()
    digest: str | None = None

    @field_validator("url")
    @classmethod
    def _url_has_a_scheme(cls, url: str) -> str:
        if not _SCHEME.match(url) and not re.fullmatch(r"\$\{\w+\}", url.strip()):
            raise ValueError("must be an address of Apprise, as 'mailto://…', 'slack://…' or '${ALERT_URL}'")
        return url.strip()

    @field_validator("quiet")
    @classmethod
    def _quiet_is_a_span(cls, text: str | None) -> str | None:
        if text is not None:
            _span_of(text)
        return text

    @field_validator("digest")
    @classmethod
    def _digest_is_a_length_or_a_time(cls, text: str | None) -> str | None:
        if text is not None and not _CLOCK.fullmatch(text):
            duration(text)
        elif text is not None:
            clock_of(text)
        return text

    def takes(self, one: Alertable) -> bool:
        """Whether the route tells of the incident. `sources` is asked of those that have a source."""
        return (
            one.kind in self.what
            and _SEVERITIES.index(one.severity) >= _SEVERITIES.index(self.severity)
            and any(fnmatchcase(one.code, pattern) for pattern in self.codes)
            and (one.source is None or any(fnmatchcase(one.source, pattern) for pattern in self.sources))
        )


class Templates(BaseModel):
    """The words of messages; `{source}` stands for the value of an incident."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = "{severity}: {code} {source}"
    opened: str = "{message}\nsince {opened}"
    over: str = "over after {lasted}: {message}\nfrom {opened} to {over} {why}"
    passed: str = "{message}\nwas so from {opened} to {over}, {lasted}: it is over {why}"

    @field_validator("title", "opened", "over", "passed")
    @classmethod
    def _placeholders_exist(cls, text: str) -> str:
        try:
            names = [(name, form, turn) for _, name, form, turn in string.Formatter().parse(text) if name is not None]
        except ValueError as error:
            raise ValueError(f"{error}; write {{{{ for a brace") from error
        for name, form, turn in names:
            if name not in PLACEHOLDERS or form or turn:
                raise ValueError(f"unknown placeholder {{{name}}}; {nearest(name, PLACEHOLDERS)}")
        return text


class AlertsFile(BaseModel):
    """alerts.toml. `missing`: by flow, how long ago its last run that went well may have ended. `time_zone`: of quiet
    hours, digests and the times in messages; None: that of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time_zone: str | None = None
    missing: Mapping[str, Length] = Field(default_factory=lambda: {"ingest": timedelta(hours=2)})
    templates: Templates = Templates()
    routes: Mapping[str, Route] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            close = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
            raise ValueError(f"did you mean {close[0]!r}?" if close else "write an IANA name, as 'Europe/Berlin'")
        return name


def parse_alerts(toml: str, where: str) -> AlertsFile:
    """The routes that a text declares. Raises `SettingsError`, one line for each fault, that names `where`, the line
    and the nearest right key or what to write instead. A URL and its parts are never repeated: they hold secrets."""
    table = parse_toml(toml, where)
    try:
        return AlertsFile.model_validate(table)
    except ValidationError as error:
        faults = [_told(tuple(map(str, one["loc"])), one["type"], one["input"], one["msg"]) for one in error.errors()]
        lines = [
            f"{where}:{line_of(toml, tuple(map(str, one['loc'])))}: {told}"
            for one, told in zip(error.errors(), faults, strict=True)
        ]
        raise SettingsError("\n".join(lines)) from error


def _told(path: tuple[str, ...], kind: str, value: object, message: str) -> str:
    keys = [part for part in path if not part.isdigit()]
    key = ".".join(keys)
    if kind == "missing":
        return f'the key {key!r} is missing; add a line such as url = "ntfy://ntfy.sh/TOPIC"'
    if kind == "extra_forbidden":
        return f"unknown key {key!r}; {nearest(keys[-1], _keys_beside(keys))}"
    said = message.removeprefix("Value error, ")
    if keys[-1] == "url":
        return f"{key}: {said}"
    shown = repr(value)
    return f"{key} = {shown if len(shown) <= _SHOWN_CHARS else shown[:_SHOWN_CHARS] + '…'}: {said}"


def _keys_beside(keys: list[str]) -> set[str]:
    if keys[:1] == ["routes"] and len(keys) == 3:
        return set(Route.model_fields)
    if keys[:1] == ["templates"] and len(keys) == 2:
        return set(Templates.model_fields)
    return set(AlertsFile.model_fields)


def _span_of(text: str) -> tuple[time, time]:
    match = SPAN.fullmatch(text.replace(" ", "").replace("–", "-"))
    if not match:
        raise ValueError("write it as '22:00-07:00'")
    return _at(match[1], match[2]), _at(match[3], match[4])


def quiet_span(route: Route) -> tuple[time, time] | None:
    """Begin and end of the quiet hours; None: there are none. The end may be on the next day."""
    return _span_of(route.quiet) if route.quiet else None


def clock_of(text: str) -> time | None:
    """The time of day of a daily digest; None: it is a length."""
    match = _CLOCK.fullmatch(text)
    return _at(match[1], match[2]) if match else None


def _at(hour: str, minute: str) -> time:
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"there is no {hour}:{minute}; write it as '22:00'")
    return time(int(hour), int(minute))


def scheme_of(url: str) -> str:
    """The scheme in lower case, before any secret; empty where the whole URL is a variable."""
    match = _SCHEME.match(url)
    return match[1].lower() if match else ""
