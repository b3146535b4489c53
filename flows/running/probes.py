"""Probes: what a person asks of a publisher from the command line. Nothing is loaded, and all is on record."""

import secrets
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from uuid import uuid4

from schemas.errors import NewsdeskError, SettingsError
from schemas.items.outcome import Refusal
from schemas.runs.ledger import Request
from schemas.settings import Settings
from schemas.sources.feed_check import FeedCheck, Subscribed
from schemas.sources.place import Survey
from schemas.sources.source import Source
from tasks.ingest.discover import discover
from tasks.pure.sources.feed_checks import check_rows
from tasks.run.groups import Group
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tasks.sources.subscribe import subscribe
from tasks.sources.survey import survey_site
from tasks.upkeep.record_unbatched import record_requests


def check_sources(settings: Settings, sources: tuple[Source, ...], stop: threading.Event) -> tuple[FeedCheck, ...]:
    """Ask the sources' feeds once, due or not."""
    with _probe(settings, "check", stop) as kit:
        return check_rows(discover(kit, Group(uuid4(), sources)))


def look_at(settings: Settings, url: str, stop: threading.Event) -> Survey:
    """What the URL lists, or the places round it; raises `NewsdeskError` that says why it is nothing."""
    with _probe(settings, "look", stop) as kit:
        survey = survey_site(kit, url)
    if isinstance(survey, Refusal):
        raise NewsdeskError(f"no feed at {url!r}: {survey.detail or survey.reason.value}")
    return survey


def subscribe_to(settings: Settings, source: Source, stop: threading.Event) -> tuple[Subscribed, ...]:
    """Subscribe to the feeds of the source at the hubs that they name, one row a feed.

    Raises `SettingsError` where there is no address for hubs to call back, or no secret.
    """
    secret = settings.websub_secret.get_secret_value()
    if not (settings.websub_callback and secret):
        raise SettingsError("set NEWSDESK_WEBSUB_CALLBACK and NEWSDESK_WEBSUB_SECRET to subscribe at hubs")
    with _probe(settings, "subscribe", stop) as kit:
        return tuple(subscribe(kit, source, feed, settings.websub_callback, secret) for feed in source.feeds)


@contextmanager
def _probe(settings: Settings, name: str, stop: threading.Event) -> Iterator[Kit]:
    """Equipment with the pace of hosts that all runs share, whose warehouse and archive are thrown away. What
    was sent is in the home's own ledger afterwards, whatever happened, under an id that begins with the name."""
    now = datetime.now(UTC)
    run_id = f"{name}-{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    sent: deque[Request] = deque()
    with tempfile.TemporaryDirectory() as folder:
        there = f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/"
        elsewhere = settings.model_copy(update={"warehouse": there, "archive": f"{folder}/archive"})
        try:
            with open_kit(elsewhere, run_id, now, version("newsdesk"), NoProgress(), stop, shared=settings) as kit:
                yield replace(kit, request_log=sent)
        finally:
            record_requests(settings, run_id, sent, datetime.now(UTC))
