"""Runs of the ingest flow against the newsroom, in a home of their own."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.ingest import stages
from flows.running.run import run_flow
from schemas.runs.report import RunReport
from schemas.settings import Settings
from tasks.demo_site import Newsroom, sources_path
from warehouse.reader.queries import answer_rows


def settings_for(home: Path, newsroom: Newsroom, **changes: Any) -> Settings:
    """Settings of a home whose three outlets are the newsroom's."""
    plain = {
        "home": home,
        "sources": sources_path(),
        "hosts": tuple(newsroom.hosts.split(",")),
        "allow_addresses": (newsroom.allow,),
        "pace_floor_s": 0.0,
        "disk_floor_mb": 0,
    }
    return Settings.model_validate(plain | changes)


def environment_for(settings: Settings) -> dict[str, str]:
    """The same settings as a command line takes them."""
    return {
        "NEWSDESK_HOME": str(settings.home),
        "NEWSDESK_SOURCES": str(settings.sources),
        "NEWSDESK_HOSTS": ",".join(settings.hosts),
        "NEWSDESK_ALLOW_ADDRESSES": ",".join(settings.allow_addresses),
        "NEWSDESK_PACE_FLOOR_S": str(settings.pace_floor_s),
        "NEWSDESK_DISK_FLOOR_MB": str(settings.disk_floor_mb),
    }


def ingest(settings: Settings, now: datetime, slugs: Sequence[str] = (), poll_all: bool = True) -> RunReport:
    """One run, in this process; it asks feeds that are not due, too, unless it is told not to."""
    return run_flow("ingest", stages, slugs, settings, now=now, poll_all=poll_all)


def ask(settings: Settings, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, as a reader would get them."""
    answer = answer_rows(settings.reader_path, sql)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
