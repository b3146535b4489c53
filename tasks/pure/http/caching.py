"""How long an answer says that it may be cached (RFC 9111)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tasks.pure.http.headers import Headers, header

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NOT_CACHED = re.compile(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])", re.IGNORECASE)


def cached_s(headers: Headers, now: datetime) -> float | None:
    """Seconds until the answer is stale: Cache-Control's max-age less Age, else Expires less Date (or `now`, UTC).
    None where it states neither, is stale already, or must not be cached."""
    control = header(headers, "cache-control") or ""
    if _NOT_CACHED.search(control):
        return None
    if stated := _MAX_AGE.search(control):
        age = (header(headers, "age") or "").strip()
        left = float(stated[1]) - (float(age[:9]) if age.isascii() and age.isdigit() else 0.0)
    elif expires := _instant(header(headers, "expires")):
        left = (expires - (_instant(header(headers, "date")) or now)).total_seconds()
    else:
        return None
    return left if left > 0 else None


def _instant(text: str | None) -> datetime | None:
    """An HTTP date (UTC); None where it is none: `Expires: 0` means already expired."""
    try:
        named = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return named.replace(tzinfo=UTC) if named.tzinfo is None else named.astimezone(UTC)
