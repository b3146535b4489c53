"""Reads the text of a source file, and says of each fault where it stands and what to write instead."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import pytz
from pydantic import BaseModel, ValidationError, field_validator

from schemas.errors import SettingsError, nearest
from schemas.sources.select import Select
from schemas.sources.source import Expect, Source
from tasks.pure.sources.iso_names import country_code, language_code
from tasks.pure.text.toml_places import line_of, toml_fault

EXAMPLES: Mapping[str, str] = {
    "name": 'name = "Gazette du Môle"',
    "homepage": 'homepage = "https://gazette.example/"',
    "feeds": 'feeds = ["https://gazette.example/rss.xml"]',
    "sitemaps": 'sitemaps = ["https://gazette.example/sitemap.xml"]',
    "sections": 'sections = ["https://gazette.example/world/"]',
    "language": 'language = "fr"',
    "country": 'country = "fr"',
    "time_zone": 'time_zone = "Europe/Paris"',
    "pace_s": "pace_s = 2.0",
    "note": 'note = "a text for people"',
    "enabled": "enabled = false",
    "formerly": 'formerly = ["gazette-of-before"]',
    "keep_days": "keep_days = 365",
    "muted": "muted = true",
    "expect": "a line [expect], and below it articles_per_day = [5, 40]",
    "select": 'a line [select], and below it body = "div.story p"',
    "select.title": 'title = "h1.headline"',
    "select.body": 'body = "div.story p"',
    "select.authors": 'authors = ".byline a"',
    "select.date": 'date = ".dateline time"',
    "select.remove": 'remove = ".related, .newsletter"',
    "expect.articles_per_day": "articles_per_day = [5, 40]",
    "expect.share_with_date": "share_with_date = 0.9",
    "expect.share_with_author": "share_with_author = 0.5",
}
"""By key: a right line of a source file."""
_SHOWN_CHARS = 80
_UNQUOTED = re.compile(r"\s*([\w-]+)\s*=\s*([^\s\"'\[{#][^\"'\[\]#]*)\s*$")
_ZONES = {name.lower(): name for name in pytz.all_timezones}


class _Declared(Source):
    """A source as a person declares it: codes in any case become the usual ones, and unknown codes are refused."""

    @field_validator("country", mode="before")
    @classmethod
    def _country_exists(cls, text: object) -> object:
        return country_code(text) if isinstance(text, str) else text

    @field_validator("language", mode="before")
    @classmethod
    def _language_exists(cls, text: object) -> object:
        return language_code(text) if isinstance(text, str) else text

    @field_validator("select")
    @classmethod
    def _selectors_are_css(cls, select: Select) -> Select:
        stated = select.stated()
        if stated:
            from tasks.pure.page.selectors import selector_fault  # Here: it imports the parsers of pages.
        for field, css in stated.items():
            if fault := selector_fault(css):
                raise ValueError(f"{field} = {css!r} is {fault}")
        return select

    @field_validator("time_zone", mode="before")
    @classmethod
    def _zone_in_its_case(cls, text: object) -> object:
        return _ZONES.get(text.strip().lower(), text) if isinstance(text, str) else text


def declared(stated: Mapping[str, object]) -> Source:
    """The source with these values, codes of countries and languages in their usual case. Raises pydantic's
    `ValidationError`; `faults_of` puts it into words."""
    return Source.model_validate(_Declared.model_validate(stated).model_dump())


def parse_source(toml: str, slug: str, where: str) -> Source:
    """The source that a file's text declares; a byte order mark before it is skipped.

    Raises `SettingsError`, one line for each fault, that names `where`, the line and what to write instead: for bad
    TOML, an unknown key (with the nearest right one), a missing key, a value outside its bounds.
    """
    toml = toml.removeprefix("\ufeff")
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_no_toml(error, toml, where)) from error
    if "slug" in table:
        line = line_of(toml, ("slug",))
        raise SettingsError(f"{where}:{line}: the slug is the file's name; remove the line with 'slug'")
    try:
        return declared({**table, "slug": slug})
    except ValidationError as error:
        raise SettingsError("\n".join(_in_file(error, toml, where))) from error


def faults_of(error: ValidationError) -> list[str]:
    """One text for each wrong value, which names the key, the value and what to write instead."""
    return [_told(tuple(map(str, fault["loc"])), fault["input"], fault["msg"]) for fault in error.errors()]


def _no_toml(error: tomllib.TOMLDecodeError, toml: str, where: str) -> str:
    """Most people forgot the quotes of a text."""
    number, fault = toml_fault(error, toml)
    lines = toml.splitlines() or [""]
    line = lines[min(number, len(lines)) - 1]
    unquoted = _UNQUOTED.match(line)
    hint = f'; put the text in quotes: {unquoted[1]} = "{unquoted[2].strip()}"' if unquoted else ""
    return f"{where}:{number}: the file is no TOML: {fault}, at {line.strip()[:_SHOWN_CHARS]!r}{hint}"


def _in_file(error: ValidationError, toml: str, where: str) -> list[str]:
    lines = []
    for fault in error.errors():
        path = tuple(str(part) for part in fault["loc"])
        if fault["type"] == "missing" and not path[-1].isdigit():
            key = ".".join(path)
            lines.append(f"{where}: the key {key!r} is missing; add a line such as {EXAMPLES[key]}")
            continue
        place = f"{where}:{line_of(toml, path)}" if path else where
        if fault["type"] == "extra_forbidden":
            lines.append(f"{place}: unknown key {'.'.join(path)!r}; {_right_key(path)}")
        else:
            lines.append(f"{place}: {_told(path, fault['input'], fault['msg'])}")
    return lines


def _told(path: tuple[str, ...], shown: Any, message: str) -> str:
    key = ".".join(part for part in path if not part.isdigit())
    said = message.removeprefix("Value error, ")
    value = repr(shown) if len(repr(shown)) <= _SHOWN_CHARS else f"{repr(shown)[:_SHOWN_CHARS]}…"
    hint = _hint(key, shown)
    return f"{key} = {value}: {said}{hint}"


def _hint(key: str, shown: object) -> str:
    if key == "expect.articles_per_day" and isinstance(shown, int | float):
        low, high = int(shown // 2), max(1, int(shown * 2))
        return f"; the fewest and the most of a day are wanted, for example articles_per_day = [{low}, {high}]"
    if key == "time_zone" and isinstance(shown, str):
        near = nearest(shown, pytz.common_timezones)
        # A hint that names all six hundred zones is none.
        return f"; {near if near.startswith('did you mean') else f'write for example {EXAMPLES[key]}'}"
    if key in ("country", "language") and isinstance(shown, str):
        return ""  # The message has the nearest right code.
    if key in ("feeds", "sitemaps", "sections") and isinstance(shown, str) and shown.startswith(("http:", "https:")):
        return f'; a list is wanted: {key} = ["{shown}"]'
    return f"; write for example {EXAMPLES[key]}" if key in EXAMPLES else ""


def _right_key(path: tuple[str, ...]) -> str:
    """What to write in place of a key that there is not, or where to move it."""
    key = path[-1]
    if path[:-1] == ("expect",) and key in Source.model_fields:
        return f"move the line with {key!r} above the line [expect]"
    if len(path) == 1 and key in Expect.model_fields:
        return f"it stands below a line [expect], at the end of the file: {EXAMPLES['expect.' + key]}"
    return nearest(key, _keys_beside(path))


def _keys_beside(path: tuple[str, ...]) -> set[str]:
    tables: dict[tuple[str, ...], type[BaseModel]] = {("expect",): Expect, ("select",): Select}
    return set(tables.get(path[:-1], Source).model_fields) - {"slug"}
