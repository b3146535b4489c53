"""A source: one news outlet, declared in one TOML file whose name is its slug."""

import re
import tomllib
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError, field_validator

from schemas.errors import SettingsError, nearest

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HTTP_URL = TypeAdapter(HttpUrl)


def _http_url(text: str) -> str:
    _HTTP_URL.validate_python(text)
    return text


class Expect(BaseModel):
    """What is expected of the source; a value outside makes a finding."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles_per_day: tuple[int, int] = Field((0, 100_000), description="Fewest and most articles a day.")
    share_with_date: float = Field(0.0, ge=0, le=1, description="Least share of articles with a date.")
    share_with_author: float = Field(0.0, ge=0, le=1, description="Least share of articles with an author.")

    @field_validator("articles_per_day")
    @classmethod
    def _low_to_high(cls, band: tuple[int, int]) -> tuple[int, int]:
        if not 0 <= band[0] <= band[1]:
            raise ValueError("must be [low, high] with 0 <= low <= high")
        return band


class Source(BaseModel):
    """One outlet. URLs are kept as written; languages are BCP 47, countries ISO 3166-1 alpha-2 in
    lower case, time zones IANA names (they date entries that name no zone)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(pattern=rf"^{SLUG.pattern}$", max_length=64)
    name: str = Field(min_length=1)
    homepage: str
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    country: str = Field(pattern=r"^[a-z]{2}$")
    time_zone: str = "UTC"
    pace_s: Annotated[float, Field(ge=0, le=3600)] = 2.0
    note: str | None = None
    expect: Expect = Expect()

    @field_validator("homepage")
    @classmethod
    def _homepage_is_a_url(cls, url: str) -> str:
        return _http_url(url)

    @field_validator("feeds", "sitemaps", "sections")
    @classmethod
    def _urls_are_urls(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_http_url(url) for url in urls)

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no time zone named {name!r}") from error
        return name


def parse_source(toml: str, slug: str, where: str) -> Source:
    """The source that a file's text declares.

    Raises `SettingsError` that names `where` and the line: for bad TOML, an unknown key (with the
    nearest right one), a missing key, a value outside its bounds.
    """
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"cannot read the source file {where!r}: {error}") from error
    if "slug" in table:
        raise SettingsError(f"{where}:{_line_of(toml, ('slug',))}: the slug is the file's name; remove 'slug'")
    try:
        return Source.model_validate({**table, "slug": slug})
    except ValidationError as error:
        raise SettingsError(_explain(error, toml, where)) from error


def _explain(error: ValidationError, toml: str, where: str) -> str:
    lines = []
    for fault in error.errors():
        path = tuple(str(part) for part in fault["loc"])
        place = f"{where}:{_line_of(toml, path)}" if path else where
        if fault["type"] == "extra_forbidden":
            lines.append(f"{place}: unknown key {'.'.join(path)!r}; {nearest(path[-1], _keys_beside(path))}")
        elif fault["type"] == "missing":
            lines.append(f"{where}: the key {'.'.join(path)!r} is missing")
        else:
            shown: Any = fault["input"]
            lines.append(f"{place}: {'.'.join(path)} = {shown!r}: {fault['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)


def _keys_beside(path: tuple[str, ...]) -> set[str]:
    model: type[BaseModel] = Expect if path[:-1] == ("expect",) else Source
    return set(model.model_fields) - {"slug"}


def _line_of(toml: str, path: tuple[str, ...]) -> int:
    """1-based line where the key stands; tables are looked up after their header."""
    keys = [part for part in path if not part.isdigit()]
    inside = keys[:-1] == []
    for number, line in enumerate(toml.splitlines(), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            if header[1].strip() == ".".join(keys):
                return number
            inside = header[1].strip() == ".".join(keys[:-1])
        elif inside and re.match(rf"\s*[\"']?{re.escape(keys[-1])}[\"']?\s*=", line):
            return number
    return 1
