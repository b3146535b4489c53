"""How old the last backup of a home is, as a sentence."""

from datetime import UTC, datetime, timedelta, tzinfo

from schemas.runs.backup import LastBackup


def backup_line(last: LastBackup, now: datetime, zone: tzinfo = UTC) -> str:
    """As `last backup: 2026-11-30 12:41 UTC, 3 h ago, in '/mnt/backups/2026-11-30T124139Z'`. `now` is aware; the time
    is in the zone."""
    made_at = last.made_at.astimezone(zone)
    return f"last backup: {made_at:%Y-%m-%d %H:%M %Z}, {_age(now - last.made_at)} ago, in {last.folder!r}"


def _age(age: timedelta) -> str:
    """Minutes in the first hour, hours in the first two days, days from then on; what is not whole is left out."""
    minutes = max(age // timedelta(minutes=1), 0)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{age.days} days"
