"""Maintain: merges files, deletes unneeded ones, backs up the catalog and samples the archive, once an hour."""

import os
import secrets
import threading
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version

from flows.running.choose import flow, open_runner
from flows.running.protocol import Runner
from flows.running.run import attended, record_broken
from flows.running.run_id import new_run_id
from schemas.errors import NewsdeskError, SettingsError
from schemas.runs.maintenance import Maintained
from schemas.settings import Settings
from tasks.machine.lock import hold
from tasks.machine.settings_file import read_settings
from tasks.pure.runs.run_row import broken_error, broken_state, run_row
from tasks.run.kit import Kit, open_kit
from tasks.run.progress import NoProgress
from tasks.sources.source_folder import folder_for
from tasks.upkeep.forget_everywhere import carry_on, retain
from tasks.upkeep.maintain import maintain as run_round
from tasks.upkeep.maintain import record


@flow
def maintain(full: bool = False) -> Maintained:
    """One round of maintenance over the warehouse and a sample of the archive. Settings come from `NEWSDESK_*`.

    Raises `NewsdeskError` if archive records are damaged, `RefusedError` if another round is running.

    Args:
        full: Merge large files, too: once a week.
    """
    done = maintain_with(read_settings(os.environ), datetime.now(UTC), full)
    if done.damaged:
        raise NewsdeskError(f"the archive is damaged; run `newsdesk archive check`: {'; '.join(done.damaged)}")
    return done


def maintain_with(settings: Settings, now: datetime, full: bool = False) -> Maintained:
    """One round with these settings, as of `now` (UTC)."""
    run_id = new_run_id(now)
    alone = settings.model_copy(update={"runner": "auto"})  # No pages are extracted, so no cluster is needed.
    with (
        hold(settings.home / "maintain.lock", "maintain"),
        open_kit(alone, run_id, now, version("newsdesk"), NoProgress(), threading.Event()) as kit,
        open_runner(1) as runner,
        attended(kit, runner, "maintain"),
    ):
        return _recorded(kit, runner, full)


def _recorded(kit: Kit, runner: Runner, full: bool) -> Maintained:
    """Run the round, and write its row in ops.runs even if it fails."""
    try:
        forgotten = _forget(kit)
        done = run_round(kit.warehouse, kit.settings, kit.run_id, kit.now, full, secrets.randbits(32))
    except BaseException as error:
        ends = (broken_state(error), [broken_error(error)])
        record_broken(kit, run_row(kit.run_id, "maintain", runner.name, kit.now, kit.at(), [], [], *ends))
        raise
    done = done.model_copy(update={"articles_forgotten": forgotten})
    record(kit.warehouse, kit.settings, done, runner.name, kit.now)
    runner.report(done)
    return done


def _forget(kit: Kit) -> int:
    """Take out what sources keep for too long, and what requests to forget have left; the number of articles."""
    with suppress(SettingsError):  # Of a folder without a right source; runs that ask them say so.
        retain(kit.settings, kit.warehouse, folder_for("maintain", kit.settings.sources).sources, kit.now)
    return carry_on(kit.settings, kit.warehouse, kit.at(), lambda: None).articles
