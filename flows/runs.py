"""Runs: what every flow does around its stages: lock, equipment, ledger of the run, reader file, report."""

import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from uuid import uuid4

from flows.runner import Promise, Runner, open_runner
from schemas.batch import Loaded
from schemas.check import FeedCheck, Subscribed
from schemas.errors import NewsdeskError, SettingsError
from schemas.outcome import Refusal
from schemas.place import Survey
from schemas.report import RunReport
from schemas.run import RunState
from schemas.settings import Settings
from schemas.source import Source
from tasks.discover import discover
from tasks.kit import Group, Kit, group_sources, open_kit
from tasks.lock import check_room, hold
from tasks.look import look
from tasks.progress import Progress, Silence
from tasks.publish import publish, record
from tasks.pure.checks import check_rows
from tasks.pure.runs import run_row
from tasks.sources import read_sources
from tasks.websub import subscribe

Stages = Callable[[Runner, Kit, Sequence[Group]], list[Promise[Loaded]]]


def run_flow(
    name: str,
    stages: Stages,
    slugs: Sequence[str],
    settings: Settings | None = None,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    now: datetime | None = None,
    poll_all: bool = False,
) -> RunReport:
    """Run the stages over the sources and return the report of the run; here the environment and the
    clock are read, once, unless they are given. Feeds are asked when they are due; those of sources
    that are named, and with `poll_all` all of them, at once.

    A group that fails by our fault leaves the others whole: they are loaded, the run's row says
    `failed`, the reader file and the report are written, and then the error is raised.
    """
    settings = settings or Settings.from_environment(os.environ)
    now = now or datetime.now(UTC)
    run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    sources = read_sources(settings.sources, slugs)
    check_room(settings.home, settings.disk_floor_mb)
    stop = stop or threading.Event()
    with (
        hold(settings.home / f"{name}.lock", name),
        open_kit(
            settings, run_id, now, version("newsdesk"), progress or Silence(), stop, poll_all or bool(slugs)
        ) as kit,
        open_runner(settings.fetch_threads) as runner,
    ):
        loaded, errors = _gather(stages(runner, kit, group_sources(run_id, sources, 2 * settings.fetch_threads)))
        state = RunState.INTERRUPTED if stop.is_set() else RunState.FAILED if errors else None
        run = run_row(run_id, name, runner.name, now, kit.at(), sources, loaded, state, errors)
        report = publish(kit, record(kit, run), loaded)
        runner.report(report)
    if errors:
        raise errors[0]
    return report


def _gather(promises: Iterable[Promise[Loaded]]) -> tuple[list[Loaded], list[NewsdeskError]]:
    loaded: list[Loaded] = []
    errors: list[NewsdeskError] = []
    for promise in promises:
        try:
            loaded.append(promise.result())
        except NewsdeskError as error:
            errors.append(error)
    return loaded, errors


def check_sources(settings: Settings, sources: Sequence[Source]) -> tuple[FeedCheck, ...]:
    """Poll the sources' feeds once, at the pace that all runs share; nothing is loaded or kept."""
    with _probe(settings) as kit:
        return check_rows(discover(kit, Group(uuid4(), tuple(sources))))


def look_at(settings: Settings, url: str) -> Survey:
    """What the URL lists, or the places round it; raises `NewsdeskError` that says why it is nothing."""
    with _probe(settings) as kit:
        survey = look(kit, url)
    if isinstance(survey, Refusal):
        raise NewsdeskError(f"no feed at {url!r}: {survey.detail or survey.reason.value}")
    return survey


def subscribe_to(settings: Settings, source: Source) -> tuple[Subscribed, ...]:
    """Subscribe to the feeds of the source at the hubs that they name, one row a feed.

    Raises `SettingsError` where there is no address for hubs to call back, or no secret.
    """
    secret = settings.websub_secret.get_secret_value()
    if not (settings.websub_callback and secret):
        raise SettingsError("set NEWSDESK_WEBSUB_CALLBACK and NEWSDESK_WEBSUB_SECRET to subscribe at hubs")
    with _probe(settings) as kit:
        return tuple(subscribe(kit, source, feed, settings.websub_callback, secret) for feed in source.feeds)


@contextmanager
def _probe(settings: Settings) -> Iterator[Kit]:
    """Equipment whose warehouse and archive are thrown away; the pace of hosts is the real one."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        there = f"ducklake:sqlite:{folder}/catalog.sqlite?data={folder}/data/"
        elsewhere = settings.model_copy(update={"warehouse": there, "archive": f"{folder}/archive"})
        with open_kit(elsewhere, "probe", now, version("newsdesk"), Silence(), threading.Event()) as kit:
            yield kit
