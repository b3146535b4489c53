"""Probes: requests to a publisher that a person makes by a command. No article is loaded; requests are recorded."""

import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from urllib.parse import urlsplit
from uuid import uuid4

from flows.running.run_id import new_run_id
from schemas.errors import NewsdeskError, SettingsError
from schemas.items.outcome import Reason, Refusal
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
from tasks.sources.try_page import Answer, try_page
from tasks.upkeep.record_unbatched import record_requests
from tasks.web.contact import need_contact


def check_sources(settings: Settings, sources: tuple[Source, ...], stop: threading.Event) -> tuple[FeedCheck, ...]:
    """Poll the feeds of the sources once, due or not; one row for each feed or sitemap."""
    need_contact(settings, (url for source in sources for url in source.urls))
    with _probe(settings, "check", stop) as kit:
        return check_rows(discover(kit, Group(uuid4(), sources)))


def look_at(settings: Settings, url: str, stop: threading.Event) -> Survey:
    """The feeds and sitemaps at the URL or near it; raises `NewsdeskError` with the reason if there are none."""
    need_contact(settings, [url])
    with _probe(settings, "look", stop) as kit:
        survey = survey_site(kit, url)
    if isinstance(survey, Refusal):
        raise NewsdeskError(f"no feed at {url!r}: {survey.detail or survey.reason.value}{_way_in(survey, url)}")
    return survey


def _way_in(refusal: Refusal, url: str) -> str:
    """What lets the request through, where the address guard stopped it at an address that a person gave."""
    if refusal.reason not in (Reason.BLOCKED_ADDRESS, Reason.BLOCKED_PORT):
        return ""
    parts = urlsplit(url)
    port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    return f"; NEWSDESK_ALLOW_ADDRESSES={parts.hostname}:{port} lets requests to it through"


def subscribe_to(settings: Settings, source: Source, stop: threading.Event) -> tuple[Subscribed, ...]:
    """Subscribe to the feeds of the source at the hubs that they name; one row for each feed.

    Raises `SettingsError` if the callback address or the secret is not set.
    """
    secret = settings.websub_secret.get_secret_value()
    if not (settings.websub_callback and secret):
        raise SettingsError("set NEWSDESK_WEBSUB_CALLBACK and NEWSDESK_WEBSUB_SECRET to subscribe at hubs")
    need_contact(settings, source.urls)
    with _probe(settings, "subscribe", stop) as kit:
        return tuple(subscribe(kit, source, feed, settings.websub_callback, secret) for feed in source.feeds)


def try_select(settings: Settings, source: Source, url: str, stop: threading.Event) -> tuple[Answer, Answer]:
    """The article of a page with the selectors of the source, and by the rules alone."""
    with _probe(settings, "test", stop) as kit:
        return try_page(kit, source, url)


@contextmanager
def _probe(settings: Settings, name: str, stop: threading.Event) -> Iterator[Kit]:
    """A kit that shares the pace of hosts with all runs, and whose warehouse and archive are temporary. Its requests
    are written to the home's own ledger afterwards, even after an error, with a run id that begins with the name."""
    now = datetime.now(UTC)
    run_id = f"{name}-{new_run_id(now)}"
    sent: deque[Request] = deque()
    with tempfile.TemporaryDirectory() as folder:
        there = f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/"
        elsewhere = settings.model_copy(update={"warehouse": there, "archive": f"{folder}/archive"})
        try:
            with open_kit(elsewhere, run_id, now, version("newsdesk"), NoProgress(), stop, shared=settings) as kit:
                yield replace(kit, request_log=sent)
        finally:
            record_requests(settings, run_id, sent, datetime.now(UTC))
