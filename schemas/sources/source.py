"""A source: one news outlet, declared in one TOML file whose name is its slug."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, field_validator

from schemas.durations import Duration
from schemas.sources.select import Select

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
    fresh_within: Duration | None = Field(
        None,
        description="Promised time from publication to row, as '15 min' or '6 h'; not given: the setting, else by "
        "its articles a day.",
    )
    note: str | None = None
    enabled: bool = Field(True, description="Whether runs poll it. What was loaded stays, and nothing is judged.")
    formerly: tuple[str, ...] = Field((), description="Its earlier slugs, under which the archive has its pages.")
    keep_days: int | None = Field(
        None, ge=1, description="Days after its last fetch that an article is kept; none: for ever."
    )
    muted: bool = Field(False, description="Whether its findings and failures are left out. It is polled.")
    expect: Expect = Expect()
    select: Select = Select()

    @property
    def urls(self) -> tuple[str, ...]:
        """Every URL that the file names."""
        return (*self.feeds, *self.sitemaps, *self.sections, self.homepage)

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
