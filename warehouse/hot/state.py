"""The hot state: short-lived state that all running processes share (turns, pauses, robots.txt, runs, leases).
A SQLite file shares it on one machine. With a PostgreSQL catalog, that server shares it between machines."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from schemas.items.outcome import Reason, Refusal
from schemas.runs.lease import Running, StepCount
from schemas.settings import Settings
from warehouse.database.address import Address
from warehouse.hot.sqlite import HotStore, Rows, SqliteStore

if TYPE_CHECKING:
    from warehouse.hot.alerts import AlertQueue

LEASE_S = 90.0
"""Length of a turn's lease, in seconds: longer than any request may take (60 s). It frees the turn of a dead
holder."""
GRACE_S = 1.0
"""A waiter that does not ask again for this long loses its place in the queue."""
POLL_S = (0.01, 0.2)
"""Shortest and longest pause of a process that waits for a turn to end."""
BACKWARDS_S = 1.0
"""A turn that began more seconds than this in the future proves that the clock was set back; a smaller difference
comes from callers whose clocks differ."""


class RobotsEntry(NamedTuple):
    """The stored answer to a request for a host's robots.txt, valid until `fresh_until` (epoch seconds). `rules`:
    `body` is the file; `allow`: the host has none; `deny`: it could not be fetched, for `reason` and `detail`."""

    fetched_at: float
    fresh_until: float
    kind: Literal["allow", "deny", "rules"]
    body: bytes = b""
    reason: Reason | None = None
    detail: str | None = None


class Challenged(NamedTuple):
    """So many challenges in a row answered a host's requests of one kind, and none is sent before `until` (epoch
    seconds)."""

    in_row: int
    until: float


class _Turn(NamedTuple):
    holder: str | None
    started_at: float
    lease_until: float
    pace_s: float
    not_before: float


class HotState:
    """Turns, pauses, robots.txt files, unreachable hosts, runs under way and their leases on sources; in `alerts`,
    messages. Any thread may call; every call is one short transaction. All times are epoch seconds and come from the
    caller; callers on several machines take them from `clock_s`. Raises `TemporaryError` if the file stays locked for
    half a minute or the server does not answer, `RefusedError` if the machine does not permit the access."""

    def __init__(self, place: Path | HotStore) -> None:
        self._store: HotStore = SqliteStore(place) if isinstance(place, Path) else place

    @cached_property
    def alerts(self) -> "AlertQueue":
        """The messages of alerts."""
        from warehouse.hot.alerts import AlertQueue  # Here: who asks for the runs has no use for them.

        return AlertQueue(self._store)

    def clock_s(self) -> float | None:
        """Epoch seconds by the server's clock; None: there is no server, all callers share the machine's clock."""
        return self._store.clock_s()

    def close(self) -> None:
        """Close the connections. Turns that are held stay held until their lease expires."""
        self._store.close()

    def take_turn(self, domain: str, pace_s: float, holder: str, now: float) -> float:
        """Try to take the domain's turn: 0.0 if `holder` has it, until `end_turn` or for 90 s; nobody else may send
        a request to the domain meanwhile. Otherwise the seconds to wait before the next try. Waiters are served
        in order of arrival, as long as each tries again in time.

        A turn starts no earlier than `pace_s` (the larger of the last turn's and this one's) after the start of
        the last turn, never before its end, and never within a pause.
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
        """End the holder's turn, or give up its place in the queue. `not_before` pauses the domain as `pause` does.
        `sent_at` is the time at which the request was sent: later than the turn's start if taking it was slow."""
        mine = {"domain": domain, "holder": holder, "now": now, "grace_s": GRACE_S}
        with self._store.transaction("ending a turn", domain) as rows:
            rows("end_turn", domain=domain, holder=holder, sent_at=sent_at)
            rows("delete_waiters", **mine)
            if not_before is not None:
                rows("pause_domain", domain=domain, not_before=not_before)

    def pause(self, domain: str, not_before: float) -> None:
        """Allow no turn at the domain before `not_before`; a longer pause stays."""
        with self._store.transaction("pausing a domain", domain) as rows:
            rows("pause_domain", domain=domain, not_before=not_before)

    def paused_until(self, domain: str, now: float) -> float | None:
        """The end of the domain's pause; None: it is not paused."""
        with self._store.reading() as rows:
            turn = _turn_of(rows, domain)
        return turn.not_before if turn and turn.not_before > now else None

    def robots(self, host: str) -> RobotsEntry | None:
        """The stored entry for the host's robots.txt, fresh or not; None: there is none. `host` is scheme, host and
        port."""
        with self._store.reading() as rows:
            found = rows("select_robots", host=host)
        return _robots_entry(*found[0]) if found else None

    def all_robots(self) -> dict[str, RobotsEntry]:
        """The stored entries, fresh or not, by host (scheme, host and port)."""
        with self._store.reading() as rows:
            return {host: _robots_entry(*entry) for host, *entry in rows("select_all_robots")}

    def keep_robots(self, host: str, entry: RobotsEntry) -> None:
        """Store the entry in place of the host's last one."""
        with self._store.transaction("keeping a robots.txt", host) as rows:
            rows("upsert_robots", host=host, **entry._asdict())

    def down(self, host: str, now: float) -> Refusal | None:
        """The reason why the host must get no request at `now`; None: it may."""
        with self._store.reading() as rows:
            found = rows("select_down_host", host=host, now=now)
        return Refusal(reason=Reason(found[0][1]), detail=found[0][2]) if found else None

    def keep_down(self, host: str, until: float, why: Refusal) -> None:
        """Allow no request to the host before `until`."""
        values = {"host": host, "until": until, "reason": why.reason, "detail": why.detail}
        with self._store.transaction("keeping a host as down", host) as rows:
            rows("upsert_down_host", **values)

    def challenged(self, host: str, kind: str) -> Challenged | None:
        """The challenges in a row to requests of the kind; None: the last answer was none."""
        with self._store.reading() as rows:
            found = rows("select_wall", host=host, kind=kind)
        return Challenged(*found[0]) if found else None

    def count_challenge(self, host: str, kind: str, now: float, pause_s: Callable[[int], float]) -> Challenged:
        """Count one more challenge in a row. `pause_s` says for how many seconds so many of them shut out further
        requests of the kind."""
        with self._store.transaction("counting a challenge", host) as rows:
            found = rows("select_wall", host=host, kind=kind)
            in_row = (found[0][0] if found else 0) + 1
            counted = Challenged(in_row, now + pause_s(in_row))
            rows("upsert_wall", host=host, kind=kind, **counted._asdict())
        return counted

    def forget_challenges(self, host: str, kind: str) -> None:
        """The host answered a request of the kind with no challenge."""
        if self.challenged(host, kind) is not None:
            with self._store.transaction("forgetting challenges", host) as rows:
                rows("delete_wall", host=host, kind=kind)

    def begin_run(self, run: Running) -> None:
        """Record the run as under way, with a new lease."""
        with self._store.transaction("beginning a run", run.run_id) as rows:
            rows("insert_run", **run.model_dump(mode="json"))

    def renew_run(self, run_id: str, seen_at: datetime, counts: Iterable[StepCount] = ()) -> bool:
        """Renew the run's lease, and record how far its steps are. False: another process closed the run as crashed,
        so it must end."""
        with self._store.transaction("renewing a run", run_id) as rows:
            if not rows("renew_run", run_id=run_id, seen_at=seen_at.isoformat()):
                return False
            for place, count in enumerate(counts):
                rows("upsert_run_count", run_id=run_id, place=place, **count.model_dump())
            return True

    def end_run(self, run_id: str) -> bool:
        """Remove the run and free its turns, its places in queues and its sources. False: it had ended already."""
        with self._store.transaction("ending a run", run_id) as rows:
            rows("release_turns", holders=f"{run_id}/%")
            rows("delete_waiters_of_run", holders=f"{run_id}/%")
            rows("delete_leases", run_id=run_id)
            rows("delete_run_counts", run_id=run_id)
            return bool(rows("delete_run", run_id=run_id))

    def take_sources(self, run_id: str, work: Literal["poll", "revisit"], slugs: Iterable[str]) -> frozenset[str]:
        """Lease the sources to the run until it ends, for one kind of work. Returns those that it got: the others are
        leased to another run under way. A run that is not recorded as under way (a probe) leases nothing and gets
        all of them."""
        with self._store.transaction("taking sources", "leases") as rows:
            if not rows("select_run", run_id=run_id):
                return frozenset(slugs)
            asked = [rows("take_lease", work=work, source=slug, run_id=run_id) for slug in sorted(slugs)]
        return frozenset(slug for taken in asked for (slug,) in taken)

    def runs(self) -> list[Running]:
        """The runs under way, oldest first."""
        with self._store.reading() as rows:
            return [Running(**dict(zip(Running.model_fields, row, strict=True))) for row in rows("select_runs")]

    def counts(self, run_id: str) -> tuple[StepCount, ...]:
        """How far the steps of a run under way are, as of its last renewal; empty if nothing was counted."""
        with self._store.reading() as rows:
            found = rows("select_run_counts", run_id=run_id)
        return tuple(StepCount(step=step, done=done, known=known) for step, done, known in found)


def open_hot(settings: Settings) -> HotState:
    """Open the hot state: on the server of a PostgreSQL catalog, otherwise in the SQLite file below the home."""
    address = Address.parse(settings.warehouse_url)
    if address.catalog == "sqlite":
        return HotState(settings.hot_path)
    from warehouse.hot.postgres import PostgresStore  # Importing asyncpg takes 0.1 s.

    return HotState(PostgresStore(address.target))


def _robots_entry(
    fetched_at: float,
    fresh_until: float,
    kind: Literal["allow", "deny", "rules"],
    body: bytes,
    reason: str | None,
    detail: str | None,
) -> RobotsEntry:
    return RobotsEntry(fetched_at, fresh_until, kind, body, Reason(reason) if reason else None, detail)


def _turn_of(rows: Rows, domain: str) -> _Turn | None:
    found = rows("select_turn", domain=domain)
    return _Turn(*found[0]) if found else None


def _rewound(rows: Rows, domain: str, now: float) -> _Turn | None:
    """Restart the domain's turn at `now`: after the clock was set back, callers would wait until it has caught up."""
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
