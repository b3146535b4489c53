"""The settings of a deployment, each with a default and a unit: `NEWSDESK_*` variables, and `newsdesk.toml`."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, field_validator

from schemas.durations import Duration
from schemas.errors import SettingsError, nearest
from schemas.settings_file import FILE_VARIABLE, SettingsFile

PREFIX = "NEWSDESK_"
POLICIES = (
    "no-ai-input",
    "no-ai-train",
    "no-search",
    "noai",
    "noarchive",
    "noindex",
    "nosnippet",
    "tdm-reservation",
)
"""What publishers reserve, by their own words or by those of the protocol that they use."""


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Settings(BaseModel):
    """Settings of a deployment. Facts about one outlet are in its source file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(Path("var"), description="Folder of archive, warehouse, reports and reader file.")
    sources: Path = Field(
        Path("sources"),
        description="Folder of the source files; where it is not set, HOME/sources if there is such a folder.",
    )
    warehouse: str = Field(
        "",
        description="ducklake:sqlite:PATH?data=PATH/ or ducklake:postgres:DSN?data=URL; empty: below home.",
    )
    archive: str = Field("", description="Folder of the WARC segments, or s3://BUCKET/PREFIX; empty: HOME/archive.")
    contact: str = Field(
        "",
        description="E-mail or URL in the User-Agent, so that publishers can reach you. Without it only addresses "
        "that are not of the open internet are asked.",
    )
    time_zone: str = Field(
        "",
        description="IANA name of the zone in which days that you write are meant and times are printed; empty: the "
        "machine's.",
    )
    runner: Literal["auto", "direct", "prefect", "dask"] = Field(
        "auto",
        description="What runs the steps; auto: prefect where PREFECT_API_URL answers, else direct; dask: as auto, "
        "and pages are read on the cluster of NEWSDESK_DASK_SCHEDULER.",
    )
    dask_scheduler: str = Field("tcp://127.0.0.1:8786", description="Address of the Dask scheduler.")
    log: Literal["text", "json"] = Field(
        "text", description="Form of logs on standard error; json: every event as one object a line."
    )
    allow_addresses: Words = Field(
        (), description="CIDRs or host:port that the address guard lets through (tests, intranets)."
    )
    hosts: Words = Field((), description="name=address:port, answered instead of DNS (tests, demo).")
    proxy: str = Field("", description="URL of the HTTP proxy; empty: none, whatever the environment says.")
    ca_file: str = Field("", description="PEM file of the only CAs to trust (intranets); empty: certifi's.")
    pace_floor_s: float = Field(1.0, ge=0, description="Least seconds between two requests to a domain.")
    fetch_threads: int = Field(16, ge=1, le=256, description="Sources that are fetched at the same time.")
    cage_children: int = Field(2, ge=1, le=64, description="Child processes that parse.")
    cage_memory_mb: int = Field(1500, ge=256, description="Memory limit of one of them, MiB.")
    cage_wall_s: float = Field(20.0, gt=0, description="Seconds that one document may take.")
    connect_timeout_s: float = Field(5.0, gt=0, description="Seconds to connect.")
    read_timeout_s: float = Field(10.0, gt=0, description="Seconds between two reads.")
    feed_deadline_s: float = Field(30.0, gt=0, description="Seconds for a feed or robots.txt, redirects included.")
    article_deadline_s: float = Field(45.0, gt=0, description="Seconds for an article, redirects included.")
    sitemap_deadline_s: float = Field(60.0, gt=0, description="Seconds for a sitemap, redirects included.")
    honour_policies: Words = Field(
        ("tdm-reservation",),
        description=f"What publishers reserve that keeps a page out of the tables: {', '.join(POLICIES)}.",
    )
    fresh_within: Duration = Field(
        "",
        description="Promised time from publication to row, as '15 min', for sources whose file states none; "
        "empty: by their articles a day, 15 min above ten, at most 6 h.",
    )
    run_budget_s: float = Field(
        3300.0, ge=0, description="Seconds after which a run starts no further URL; 0: no limit."
    )
    backfill_pace_s: float = Field(5.0, ge=0, description="Least seconds between two requests of a backfill.")
    chunk_bytes: int = Field(32 * 1024 * 1024, ge=1, description="Bytes of a WARC file that are loaded together.")
    wayback: str = Field("https://web.archive.org", description="Base URL of the Wayback Machine (CDX and pages).")
    ccnews: str = Field("https://data.commoncrawl.org", description="Base URL of Common Crawl's files.")
    disk_floor_mb: int = Field(200, ge=0, description="Free space below which no run starts, MiB.")
    websub_callback: str = Field(
        "", description="Public URL below which hubs may call back; empty: no subscriptions (polling goes on anyway)."
    )
    websub_secret: SecretStr = Field(
        SecretStr(""), description="Long random text; callbacks and secrets of subscriptions are made from it."
    )
    ping_url: SecretStr = Field(
        SecretStr(""),
        description="URL of a dead-man switch, asked by GET after each ingest that went well; empty: none.",
    )
    front_page: bool = Field(
        True, description="Write the news of the last 24 hours as pages into HOME/reports/news after each run."
    )
    reports_url: str = Field(
        "", description="URL at which HOME/reports is served, for links in Prefect; empty: what `newsdesk up` serves."
    )
    serve_url: str = Field(
        "", description="Public URL of `newsdesk serve` behind a reverse proxy, as https://news.example/desk."
    )
    serve_token: SecretStr = Field(
        SecretStr(""),
        description="What `newsdesk serve` asks for (Bearer, or the password of HTTP Basic); empty: nothing.",
    )
    up_postgres: SecretStr = Field(
        SecretStr(""), description="postgresql:// URL for the Prefect server of `newsdesk up`; empty: SQLite in home."
    )
    up_redis: SecretStr = Field(
        SecretStr(""), description="redis:// URL for several Prefect server processes of `newsdesk up`."
    )
    duckdb_memory: str = Field("1GB", description="Memory limit of the database.")

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key if name else name
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"no time zone named {name!r}; {nearest_zone(name)}") from error

    @field_validator("proxy")
    @classmethod
    def _proxy_is_http(cls, url: str) -> str:
        if url and not re.fullmatch(r"http://[^/\s]+/?", url):
            raise ValueError("must be an http:// URL, as http://proxy.example:3128")
        return url

    @field_validator("ping_url")
    @classmethod
    def _ping_is_a_web_url(cls, url: SecretStr) -> SecretStr:
        if url.get_secret_value() and not re.fullmatch(r"https?://[^/\s]+\S*", url.get_secret_value()):
            raise ValueError("must be an http:// or https:// URL")
        return url

    @field_validator("honour_policies")
    @classmethod
    def _policies_exist(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            if word not in POLICIES:
                raise ValueError(f"unknown policy {word!r}; {nearest(word, POLICIES)}")
        return words

    @field_validator("allow_addresses")
    @classmethod
    def _addresses_parse(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            host, _, port = word.rpartition(":")
            if not (host and port.isdigit()):
                ip_network(word, strict=False)
        return words

    @field_validator("hosts")
    @classmethod
    def _hosts_parse(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        for word in words:
            name, _, target = word.partition("=")
            address, _, port = target.rpartition(":")
            if not (name and address and port.isdigit()):
                raise ValueError(f"{word!r} is not of the form name=address:port")
        return words

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], file: SettingsFile | None = None) -> Self:
        """The settings that `environment` gives, then those of the settings file. Raises `SettingsError` that names
        the variable, or the file with the line.

        A home that carries its own `sources`, as the demo's does, is read with them."""
        given = {
            k.removeprefix(PREFIX).lower(): v
            for k, v in environment.items()
            if k.startswith(PREFIX) and k != FILE_VARIABLE
        }
        _refuse_unknown(given, file, cls.model_fields)
        values = {**(file.given() if file else {}), **given}
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            raise SettingsError("\n".join(_explain(error, given, file))) from error
        own = settings.home / "sources"
        return settings.model_copy(update={"sources": own}) if "sources" not in values and own.is_dir() else settings

    @property
    def archive_path(self) -> Path:
        """Folder in which WARC segments are written; with an object store, they stay only until they are uploaded."""
        return Path(self.archive) if self.archive and not self.archive_store else self.home / "archive"

    @property
    def archive_store(self) -> str:
        """The s3:// prefix of the archive; empty: the archive is a folder."""
        return self.archive if "://" in self.archive else ""

    @property
    def warehouse_url(self) -> str:
        """The warehouse's catalog and data, as one URL."""
        folder = self.home / "warehouse"
        return self.warehouse or f"ducklake:sqlite:{folder / 'catalog.sqlite'}?data={folder / 'data'}/"

    @property
    def reader_path(self) -> Path:
        """The reader file."""
        return self.home / "newsdesk.duckdb"

    @property
    def search_path(self) -> Path:
        """The folder of the search index."""
        return self.home / "search"

    @property
    def hot_path(self) -> Path:
        """The SQLite file of the hot state: leases and turns that processes share."""
        return self.home / "warehouse" / "hot.sqlite"

    @property
    def reports_path(self) -> Path:
        """Folder of the HTML reports."""
        return self.home / "reports"


def nearest_zone(name: str) -> str:
    """A hint that names the closest IANA time zone; a city alone is enough."""
    zones = available_timezones()
    cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones) if "/" in zone}
    plain = name.strip().replace(" ", "_").lower()
    if city := get_close_matches(plain.rpartition("/")[2], cities, n=1, cutoff=0.8):
        return f"did you mean {cities[city[0]]!r}?"
    return "write an IANA name, as 'Europe/Berlin' or 'UTC'"


def _refuse_unknown(given: Mapping[str, str], file: SettingsFile | None, fields: Iterable[str]) -> None:
    names = set(fields)
    variables = [PREFIX + name.upper() for name in names]
    wrong = [PREFIX + name.upper() for name in given if name not in names]
    faults = [f"unknown setting {word!r}; {nearest(word, [*variables, FILE_VARIABLE])}" for word in wrong]
    for key in file.values if file else ():
        if file and key not in names:
            meant = nearest(key.lower().removeprefix(PREFIX.lower()), names)
            faults.append(f"{file.place(key)}: unknown key {key!r}; {meant}")
    if faults:
        raise SettingsError("\n".join(faults))


def _explain(error: ValidationError, given: Mapping[str, str], file: SettingsFile | None) -> list[str]:
    lines = []
    for fault in error.errors():
        name = str(fault["loc"][0])
        word = PREFIX + name.upper() if name in given or file is None else f"{file.place(name)}: {name}"
        is_secret = Settings.model_fields[name].annotation is SecretStr
        shown = "'****'" if is_secret else repr(fault["input"])
        lines.append(f"{word} = {shown}: {fault['msg'].removeprefix('Value error, ')}")
    return lines
