"""`newsdesk report --site`: the news of a day as pages for a browser."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.cli.output import print_json
from flows.cli.session import instant, reader_path, settings_here
from schemas.history.front_page import Period
from schemas.settings import Settings
from tasks.ingest.front_page import NEWS, write_front_page
from tasks.machine.local_zone import local_zone

A_DAY = timedelta(days=1)


def write_site(day: str | None, out: Path | None, as_json: bool) -> None:
    """Write the pages of the day, or of the last 24 hours, and print where they are."""
    settings, now, path = settings_here(), datetime.now(UTC), reader_path()
    period = _day(day, settings) if day else Period(since=now - A_DAY, until=now)
    name = f"{NEWS}-{period.day}" if period.day else NEWS
    written = write_front_page(
        path, out or settings.reports_path / name, period, now, settings.time_zone, has_runs=out is None
    )
    if as_json:
        print_json(written._asdict() | {"page": str(written.page.absolute())})
    else:
        print(written.page.absolute())


def _day(text: str, settings: Settings) -> Period:
    """The calendar day of that instant, in the zone of the settings; where clocks change it has 23 or 25 hours."""
    zone = local_zone(settings.time_zone)
    day = instant(text, settings).astimezone(zone).date()
    since, until = (
        datetime(each.year, each.month, each.day, tzinfo=zone).astimezone(UTC) for each in (day, day + A_DAY)
    )
    return Period(since=since, until=until, day=day)
