"""Examines one part after the other, and leaves out what rests on a part that is wrong."""

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import NamedTuple

from schemas.errors import NewsdeskError
from schemas.runs.doctor import Examination, ExaminedPart
from schemas.runs.lease import Life
from schemas.runs.status import Status
from schemas.settings import Settings
from tasks.doctor.asking import examine_contact, examine_robots, examine_sources
from tasks.doctor.machine import examine_disk, examine_home, examine_versions
from tasks.doctor.parts import examined, fine, not_checked, wrong
from tasks.doctor.stores import (
    examine_archive,
    examine_catalog,
    examine_clock,
    examine_findings,
    examine_reader,
    examine_runs,
)
from tasks.doctor.telling import examine_alerts
from tasks.machine.local_zone import local_zone
from tasks.machine.settings_file import read_settings, read_settings_file
from tasks.pure.runs.open_findings import open_findings
from tasks.sources.source_folder import SourceFolder, read_folder
from tasks.upkeep.runs_under_way import runs_under_way
from warehouse.database.address import Address
from warehouse.hot.state import RobotsEntry, open_hot
from warehouse.reader.status import RunTimes, run_times, status

AFTER_SETTINGS = (
    *("home", "disk", "clock", "archive", "catalog", "hot state", "reader file", "sources", "contact", "robots"),
    *("runs", "findings", "alerts"),
)
"""The parts that need settings."""
HOT = "hot state"
FROM_BACKUP = "put it back from a backup: `newsdesk restore`; without one, `newsdesk rebuild` reads the archive"


class _Hot(NamedTuple):
    """The hot state as it was read once. `server_s`: the server's clock; None: there is no server, or no answer."""

    part: ExaminedPart
    server_s: float | None = None
    robots: Mapping[str, RobotsEntry] = {}
    lives: tuple[Life, ...] = ()


def examine_installation(environment: Mapping[str, str], at: datetime) -> Examination:
    """Every part but the Prefect server, in an order in which the first wrong one explains the others. Nothing is
    written, and no publisher is asked; a PostgreSQL catalog and an object store are."""
    first = [examined("versions", examine_versions, "install newsdesk again: `pip install newsdesk`")]
    try:
        settings, file = read_settings(environment), read_settings_file(environment)
        zone = local_zone(settings.time_zone).key
        Address.parse(settings.warehouse_url)
    except NewsdeskError as error:
        first.append(wrong("settings", str(error), "correct it; `newsdesk settings` prints all with their meaning"))
        rest = tuple(not_checked(part, "the settings are wrong") for part in AFTER_SETTINGS)
        return Examination(at=at, parts=(*first, *rest))
    where = str(file.path) if file else "no settings file: the environment and defaults"
    first.append(fine("settings", f"{where}; time zone {zone}"))
    return Examination(at=at, parts=(*first, *_of_home(settings, environment, at)))


def _of_home(settings: Settings, environment: Mapping[str, str], at: datetime) -> list[ExaminedPart]:
    hot = _hot(settings)
    seen, times = _seen(settings)
    folder = _folder(settings)
    sources = folder.sources if folder else ()
    now = _judged(seen, folder, at) if isinstance(seen, Status) else None
    return [
        examined("home", partial(examine_home, settings), "let NEWSDESK_HOME name a folder of yours"),
        examined("disk", partial(examine_disk, settings), "is the disk there?"),
        examine_clock(at, hot.server_s, times),
        examined("archive", partial(examine_archive, settings, now), "is the store of NEWSDESK_ARCHIVE up?"),
        examined("catalog", partial(examine_catalog, settings), FROM_BACKUP),
        hot.part,
        examine_reader(settings, seen),
        examined(
            "sources",
            lambda: examine_sources(read_folder(settings.sources)),
            "correct the folder of NEWSDESK_SOURCES",
        ),
        examined("contact", partial(examine_contact, settings, sources), "set it to an address of yours"),
        examine_robots(hot.robots, sources),
        examine_runs(now, hot.lives, times, at),
        examine_findings(now),
        examined("alerts", partial(examine_alerts, settings, environment), "correct the line that is named"),
    ]


def _hot(settings: Settings) -> _Hot:
    address = Address.parse(settings.warehouse_url)
    if address.catalog == "sqlite" and not settings.hot_path.exists():
        return _Hot(fine(HOT, "there is none yet: the first run makes it"))
    try:
        lives = runs_under_way(settings)
        with closing(open_hot(settings)) as hot:
            where = str(settings.hot_path) if address.catalog == "sqlite" else "on the PostgreSQL server"
            part = fine(HOT, f"{where}: {len(lives)} runs under way")
            return _Hot(part, hot.clock_s(), hot.all_robots(), lives)
    except NewsdeskError as error:
        return _Hot(wrong(HOT, str(error), "is its server up? While no run is on, hot.sqlite may be deleted"))


def _seen(settings: Settings) -> tuple[Status | NewsdeskError | None, RunTimes | None]:
    """What the reader file says, or why it cannot be read; None: there is none."""
    if not settings.reader_path.is_file():
        return None, None
    try:
        return status(settings.reader_path), run_times(settings.reader_path, "ingest")
    except NewsdeskError as error:
        return error, None


def _folder(settings: Settings) -> SourceFolder | None:
    """The folder of sources; None where it cannot be read, which the part `sources` tells."""
    try:
        return read_folder(settings.sources)
    except NewsdeskError:
        return None


def _judged(seen: Status, folder: SourceFolder | None, at: datetime) -> Status:
    """With the findings that `newsdesk health` shows."""
    if folder is None:
        return seen
    return seen.model_copy(update={"findings": open_findings(folder.sources, folder.faults, seen, at)})
