"""The hot state: what all processes must agree on at this moment: in a SQLite file those of one machine, in
PostgreSQL, where the warehouse's catalog is there, those of all."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from schemas.items.outcome import Reason, Refusal
from schemas.runs.lease import Running
from schemas.settings import Settings
from warehouse.database.address import Address
from warehouse.hot.sqlite import HotStore, Rows, SqliteStore

LEASE_S = 90.0
"""Longer than any request may take (60 s); a holder that died lets go of its turn after it."""
GRACE_S = 1.0
"""A waiter that does not ask again for this long loses its place in the queue."""
POLL_S = (0.01, 0.2)
"""Shortest and longest pause of a process that waits for a turn to end."""
BACKWARDS_S = 1.0
"""A turn that began so far in the future shows that the clock went back; less is the spread of callers."""


class RobotsEntry(NamedTuple):
    """What is known of a host's robots.txt until `fresh_until` (epoch seconds). `rules`: `body` decides;
    `allow`: it has none; `deny`: it could not be had, `reason` and `detail` say why."""

    fetched_at: float
    fresh_until: float
    kind: Literal["allow", "deny", "rules"]
    body: bytes = b""
    reason: Reason | None = None
    detail: str | None = None


class _Turn(NamedTuple):
    holder: str | None
    started_at: float
    lease_until: float
    pace_s: float
    not_before: float


class HotState:
    """Turns, pauses, robots.txt, hosts that are down, runs under way and what they have taken upon themselves.
    Any thread may call; every call is one short transaction. All times are epoch seconds and come from the
    caller; callers of several machines take them from `clock_s`. Raises `TemporaryError` where the file is
    locked for half a minute or the server does not answer, `RefusedError` where the machine does not allow it."""

    def __init__(self, place: Path | HotStore) -> None:
        self._store: HotStore = SqliteStore(place) if isinstance(place, Path) else place

    def clock_s(self) -> float | None:
        """Epoch seconds by the server's clock; None: all callers have the clock of one machine."""
        return self._store.clock_s()

    def close(self) -> None:
        """Lets go of the state; turns that are held stay held until their lease ends."""
        self._store.close()

    def take_turn(self, domain: str, pace_s: float, holder: str, now: float) -> float:
        """0.0: the domain is `holder`'s to ask, alone, until `end_turn` or for 90 s. Else the seconds to
        wait before asking again: those who asked first come first, as long as they come back in time.

        A turn comes `pace_s` (the larger of the last one's and this one's) after the start of the last,
        after its end, and after every pause.
        """
        mine = {"domain": domain, "holder": holder, "now": now, "grace_s": GRACE_S}
        with self._store.transaction("taking a turn", domain) as rows:
            turn = _turn_of(rows, domain)
            if turn and turn.started_at > now + BACKWARDS_S:
                turn = _rewound(rows, domain, now)
            if turn and turn.not_before > now:
                return turn.not_before - now
            ((ahead,),) = rows("count_waiters_ahead", **mine)
            wait_s = _wait_s(turn, pace_s, now, ahead)
            if wait_s > 0:
                rows("upsert_waiter", **mine, back_at=now + wait_s)
                return wait_s
            rows("delete_waiters", **mine)
            rows("upsert_turn", **mine, lease_until=now + LEASE_S, pace_s=pace_s)
            return 0.0

    def end_turn(
        self, domain: str, holder: str, now: float, not_before: float | None = None, sent_at: float | None = None
    ) -> None:
        """The holder is done, or gives up waiting. `not_before` pauses the domain as `pause` does; `sent_at`
        says when the request really left, as taking the turn may itself have had to wait."""
        mine = {"domain": domain, "holder": holder, "now": now, "grace_s": GRACE_S}
        with self._store.transaction("ending a turn", domain) as rows:
            rows("end_turn", domain=domain, holder=holder, sent_at=sent_at)
            rows("delete_waiters", **mine)
            if not_before is not None:
                rows("pause_domain", domain=domain, not_before=not_before)

    def pause(self, domain: str, not_before: float) -> None:
        """Give no turn at the domain before then; a longer pause stays."""
        with self._store.transaction("pausing a domain", domain) as rows:
            rows("pause_domain", domain=domain, not_before=not_before)

    def paused_until(self, domain: str, now: float) -> float | None:
        """Until when the domain is paused; None: it is not."""
        with self._store.reading() as rows:
            turn = _turn_of(rows, domain)
        return turn.not_before if turn and turn.not_before > now else None

    def robots(self, host: str) -> RobotsEntry | None:
        """What was kept of the host's robots.txt, fresh or not; `host` is scheme, host and port."""
        with self._store.reading() as rows:
            found = rows("select_robots", host=host)
        if not found:
            return None
        fetched_at, fresh_until, kind, body, reason, detail = found[0]
        return RobotsEntry(fetched_at, fresh_until, kind, body, Reason(reason) if reason else None, detail)

    def keep_robots(self, host: str, entry: RobotsEntry) -> None:
        """Replaces what was kept."""
        with self._store.transaction("keeping a robots.txt", host) as rows:
            rows("upsert_robots", host=host, **entry._asdict())

    def down(self, host: str, now: float) -> Refusal | None:
        """Why the host is left alone, if it is."""
        with self._store.reading() as rows:
            found = rows("select_down_host", host=host, now=now)
        return Refusal(reason=Reason(found[0][1]), detail=found[0][2]) if found else None

    def keep_down(self, host: str, until: float, why: Refusal) -> None:
        """Send no request to the host before then."""
        values = {"host": host, "until": until, "reason": why.reason, "detail": why.detail}
        with self._store.transaction("keeping a host as down", host) as rows:
            rows("upsert_down_host", **values)

    def begin_run(self, run: Running) -> None:
        """The run is under way."""
        with self._store.transaction("beginning a run", run.run_id) as rows:
            rows("insert_run", **run.model_dump(mode="json"))

    def renew_run(self, run_id: str, seen_at: datetime) -> bool:
        """Renew the run's lease. False: another process closed the run as crashed, so it must end."""
        with self._store.transaction("renewing a run", run_id) as rows:
            return bool(rows("renew_run", run_id=run_id, seen_at=seen_at.isoformat()))

    def end_run(self, run_id: str) -> bool:
        """The run is over, and what its steps held is free. False: it was over already."""
        with self._store.transaction("ending a run", run_id) as rows:
            rows("release_turns", holders=f"{run_id}/%")
            rows("delete_waiters_of_run", holders=f"{run_id}/%")
            rows("delete_leases", run_id=run_id)
            return bool(rows("delete_run", run_id=run_id))

    def take_sources(self, run_id: str, work: Literal["poll", "revisit"], slugs: Iterable[str]) -> frozenset[str]:
        """Those of the sources whose work is the run's until it ends; the others are at another run under way.
        One that is not under way itself (a probe) holds nothing, and is refused nothing."""
        with self._store.transaction("taking sources", "leases") as rows:
            if not rows("select_run", run_id=run_id):
                return frozenset(slugs)
            asked = [rows("take_lease", work=work, source=slug, run_id=run_id) for slug in sorted(slugs)]
        return frozenset(slug for taken in asked for (slug,) in taken)

    def runs(self) -> list[Running]:
        """The runs that have begun and have not ended, oldest first."""
        with self._store.reading() as rows:
            return [Running(**dict(zip(Running.model_fields, row, strict=True))) for row in rows("select_runs")]


def open_hot(settings: Settings) -> HotState:
    """The hot state of these settings: on the server of a PostgreSQL catalog, else the file below the home."""
    address = Address.parse(settings.warehouse_url)
    if address.catalog == "sqlite":
        return HotState(settings.hot_path)
    from warehouse.hot.postgres import PostgresStore  # Its library costs a tenth of a second.

    return HotState(PostgresStore(address.target))


def _turn_of(rows: Rows, domain: str) -> _Turn | None:
    found = rows("select_turn", domain=domain)
    return _Turn(*found[0]) if found else None


def _rewound(rows: Rows, domain: str, now: float) -> _Turn | None:
    """After the machine's clock was set back, no caller waits until the old time is reached again."""
    rows("rewind_turn", domain=domain, now=now, lease_s=LEASE_S)
    rows("delete_all_waiters", domain=domain)
    return _turn_of(rows, domain)


def _wait_s(turn: _Turn | None, pace_s: float, now: float, ahead: int) -> float:
    poll_s = min(max(pace_s / 10, POLL_S[0]), POLL_S[1])
    if turn is None:
        return ahead * poll_s
    owed_s = max(pace_s, turn.pace_s)
    wait_s = turn.started_at + owed_s - now
    if turn.holder and now < turn.lease_until:
        wait_s = max(wait_s, poll_s)
    if ahead and wait_s <= 0:
        return poll_s + (ahead - 1) * owed_s
    return max(wait_s + ahead * owed_s, 0.0)
