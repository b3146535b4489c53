"""Reads from the hot state why a host gets no request now, for a command that has no kit."""

from contextlib import closing

from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.settings import Settings
from tasks.machine.clock import SharedClock
from tasks.pure.http.challenge_pages import kind_of, not_asked
from tasks.pure.urls.domains import host_of
from warehouse.database.address import Address
from warehouse.hot.state import open_hot


def host_pause(settings: Settings, url: str, kind: UrlKind) -> Refusal | None:
    """Why the URL's host gets no request of the kind at this moment, since it could not be reached or challenged us;
    None: it may be asked."""
    if Address.parse(settings.warehouse_url).catalog == "sqlite" and not settings.hot_path.exists():
        return None
    with closing(open_hot(settings)) as hot:
        now, host = SharedClock(hot.clock_s)(), host_of(url)
        seen = hot.challenged(host, kind_of(kind))
        walled = not_asked(host, kind, *seen) if seen and now < seen.until else None
        return hot.down(host, now) or walled
