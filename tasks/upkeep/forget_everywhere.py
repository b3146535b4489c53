"""Takes an article, a source or a period out of a home and its backups, and keeps it out."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from schemas.errors import RefusedError
from schemas.runs.forget import KEEP_DAYS, ForgetRequest, ForgetResult, ForgetWhat, Forgotten, Lifted
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.archive.store import Archive
from tasks.machine.lock import hold
from tasks.upkeep.backup import take_out
from tasks.upkeep.backup.copy_file import Check
from tasks.upkeep.forget.ask import ForgetPlan, Wanted, ask, finish, requests, runs_to_wait_for, would_forget, write
from tasks.upkeep.forget.ask import lift as write_lift
from tasks.upkeep.forget.sweep import Swept, recall, sweep
from tasks.upkeep.open_warehouse import open_migrated
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader

LOCK = "forget.lock"


def plan(settings: Settings, wanted: Wanted, why: str, asked_by: str, now: datetime) -> Forgotten:
    """What would be taken out; nothing is written."""
    with open_migrated(settings, now) as warehouse:
        return would_forget(warehouse, _asked(settings, warehouse, wanted, why, asked_by, now))


def forget(
    settings: Settings,
    wanted: Wanted,
    why: str,
    asked_by: str,
    now: datetime,
    check: Check,
    backups: Iterable[Path] = (),
) -> Forgotten:
    """Take it out of the warehouse, the archive, the reports and the backups, and write who asked for it. The same
    command again goes on where it was killed. `backups`: folders besides those that this home knows.

    Raises `RefusedError` while another command forgets in this home, or a backup is made."""
    for folder in backups:
        take_out.remember(settings, folder)
    with hold(settings.home / LOCK, "forget"), open_migrated(settings, now) as warehouse:
        asked = _asked(settings, warehouse, wanted, why, asked_by, now)
        told = would_forget(warehouse, asked)
        write(warehouse, Archive.of(settings), asked)
        return _carried_out(settings, warehouse, told, now, check)


def lift(settings: Settings, url: str, why: str, asked_by: str, now: datetime) -> Lifted:
    """Let later runs take up a page again that was forgotten; what was taken out of it stays out. Raises
    `RefusedError` where no tombstone of it holds, or while another command forgets in this home."""
    request = ForgetRequest(forget_id=_new_id(), what=ForgetWhat.LIFT, why=why, asked_by=asked_by, at=now)
    with hold(settings.home / LOCK, "forget"), open_migrated(settings, now) as warehouse:
        archive = Archive.of(settings)
        recall(warehouse, archive)
        return write_lift(warehouse, archive, url, request)


def carry_on(settings: Settings, warehouse: Warehouse, now: datetime, check: Check) -> Swept:
    """Carry out what commands that were killed left, and what runs have loaded of forgotten pages since. Does nothing
    while another command forgets in this home."""
    try:
        with hold(settings.home / LOCK, "forget"):
            swept = sweep(settings, warehouse, now)
            if swept.requests:
                _backups_and_results(settings, warehouse, swept, now, check)
            return swept
    except RefusedError:
        return Swept()


def retain(settings: Settings, warehouse: Warehouse, sources: Iterable[Source], now: datetime) -> None:
    """Write a request for what a source with `keep_days` had for too long, once a day; `carry_on` carries it out."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    done = {(each.source, each.before) for each in requests(warehouse)}
    for source in sources:
        before = midnight - timedelta(days=source.keep_days or 0)
        if source.keep_days is None or (source.slug, before) in done:
            continue
        wanted, why = Wanted(source=source.slug, before=before), f"keep_days = {source.keep_days}"
        asked = _asked(settings, warehouse, wanted, why, KEEP_DAYS, now)
        if asked.chosen.articles or asked.chosen.places:
            write(warehouse, Archive.of(settings), asked)


def _asked(
    settings: Settings, warehouse: Warehouse, wanted: Wanted, why: str, asked_by: str, now: datetime
) -> ForgetPlan:
    return ask(warehouse, Archive.of(settings), wanted, _new_id(), why, asked_by, now)


def _new_id() -> UUID:
    return UUID(bytes=secrets.token_bytes(16), version=4)


def _carried_out(settings: Settings, warehouse: Warehouse, told: Forgotten, now: datetime, check: Check) -> Forgotten:
    before = runs_to_wait_for(settings, now)
    swept = sweep(settings, warehouse, now)
    if set(before) - set(runs_to_wait_for(settings, now)):  # One that ended meanwhile may have loaded it.
        swept = swept.with_more(sweep(settings, warehouse, now))
    reached, unreached, waits_for = _backups_and_results(settings, warehouse, swept, now, check)
    return told.model_copy(
        update={
            "is_dry_run": False,
            "captures": swept.captures,
            "redacted": swept.redacted,
            "rows_changed": swept.rows_changed,
            "reports": swept.reports,
            "backups": reached,
            "unreached": unreached,
            "waits_for": waits_for,
        }
    )


def _backups_and_results(
    settings: Settings, warehouse: Warehouse, swept: Swept, now: datetime, check: Check
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Folders of backups that were reached and those that were not, and the runs that must end first: until then a
    request stays open, and the next maintenance carries it out again."""
    there = [place for place in take_out.places(settings) if place.is_dir()]
    reached = tuple(str(place) for place in there if take_out.take_out(settings, place, now, check))
    unreached = tuple(str(place) for place in take_out.places(settings) if place not in there)
    waits_for = runs_to_wait_for(settings, max((each.at for each in swept.requests), default=now))
    if swept.requests and not waits_for:
        finish(warehouse, [_result(each, swept, reached, unreached, now) for each in swept.requests])
        publish_reader(warehouse, settings.reader_path)
    return reached, unreached, waits_for


def _result(
    request: ForgetRequest, swept: Swept, reached: tuple[str, ...], unreached: tuple[str, ...], now: datetime
) -> ForgetResult:
    return ForgetResult(
        forget_id=request.forget_id,
        articles=swept.articles,
        captures=swept.captures,
        rows_changed=swept.rows_changed,
        backups=reached,
        unreached=unreached,
        at=now,
    )
