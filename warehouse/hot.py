"""The hot state: what all processes on the machine must agree on at this moment, in one SQLite file."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from schemas.errors import DamagedError, RefusedError
from schemas.outcome import Reason, Refusal
from warehouse.faults import meaning
from warehouse.texts import statement

LEASE_S = 90.0
"""Longer than any request may take (60 s); a holder that died lets go of its turn after it."""
BUSY_S = 30.0
GRACE_S = 1.0
"""A waiter that comes back later than that has lost its place."""
POLL_S = (0.01, 0.2)
"""Shortest and longest pause of somebody who waits for a turn to end."""
BACKWARDS_S = 1.0
"""A turn that began so far in the future shows that the clock went back; less is the spread of callers."""
TABLES = ("turns", "waiters", "robots", "down_hosts")


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
    """Turns, pauses, robots.txt and hosts that are down. Any thread may call; every call is one short
    transaction. All times are epoch seconds and come from the caller. Raises `TemporaryError` where the
    file is locked for half a minute, `RefusedError` where the disk is full or not writable."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        except (OSError, sqlite3.OperationalError) as error:
            raise RefusedError(f"cannot open the hot state {str(path)!r}: {error}") from error
        with _translated("preparing the hot state"):
            _prepare(self._file)

    def close(self) -> None:
        """Lets go of the file; turns that are held stay held until their lease ends."""
        with self._lock:
            self._file.close()

    def take_turn(self, domain: str, pace_s: float, holder: str, now: float) -> float:
        """0.0: the domain is `holder`'s to ask, alone, until `end_turn` or for 90 s. Else the seconds to
        wait before asking again: those who asked first come first, as long as they come back in time.

        A turn comes `pace_s` (the larger of the last one's and this one's) after the start of the last,
        after its end, and after every pause.
        """
        mine = {"domain": domain, "holder": holder, "now": now, "grace_s": GRACE_S}
        with self._transaction("taking a turn") as file:
            turn = _turn_of(file, domain)
            if turn and turn.started_at > now + BACKWARDS_S:
                turn = _rewound(file, domain, now)
            if turn and turn.not_before > now:
                return turn.not_before - now
            (ahead,) = file.execute(statement("hot/count_waiters_ahead"), mine).fetchone()
            wait_s = _wait_s(turn, pace_s, now, ahead)
            if wait_s > 0:
                file.execute(statement("hot/upsert_waiter"), {**mine, "back_at": now + wait_s})
                return wait_s
            file.execute(statement("hot/delete_waiters"), mine)
            file.execute(statement("hot/upsert_turn"), {**mine, "lease_until": now + LEASE_S, "pace_s": pace_s})
            return 0.0

    def end_turn(
        self, domain: str, holder: str, now: float, not_before: float | None = None, sent_at: float | None = None
    ) -> None:
        """The holder is done, or gives up waiting. `not_before` pauses the domain as `pause` does; `sent_at`
        says when the request really left, as taking the turn may itself have had to wait."""
        mine = {"domain": domain, "holder": holder, "now": now, "grace_s": GRACE_S}
        with self._transaction("ending a turn") as file:
            file.execute(statement("hot/end_turn"), {"domain": domain, "holder": holder, "sent_at": sent_at})
            file.execute(statement("hot/delete_waiters"), mine)
            if not_before is not None:
                file.execute(statement("hot/pause_domain"), {"domain": domain, "not_before": not_before})

    def pause(self, domain: str, not_before: float) -> None:
        """Nobody's turn at the domain comes before; a longer pause stands."""
        with self._transaction("pausing a domain") as file:
            file.execute(statement("hot/pause_domain"), {"domain": domain, "not_before": not_before})

    def paused_until(self, domain: str, now: float) -> float | None:
        """Until when the domain is paused; None: it is not."""
        with self._reading() as file:
            turn = _turn_of(file, domain)
        return turn.not_before if turn and turn.not_before > now else None

    def robots(self, host: str) -> RobotsEntry | None:
        """What was kept of the host's robots.txt, fresh or not; `host` is scheme, host and port."""
        with self._reading() as file:
            row = file.execute(statement("hot/select_robots"), {"host": host}).fetchone()
        if row is None:
            return None
        fetched_at, fresh_until, kind, body, reason, detail = row
        return RobotsEntry(fetched_at, fresh_until, kind, body, Reason(reason) if reason else None, detail)

    def keep_robots(self, host: str, entry: RobotsEntry) -> None:
        """Replaces what was kept."""
        with self._transaction("keeping a robots.txt") as file:
            file.execute(statement("hot/upsert_robots"), {"host": host, **entry._asdict()})

    def down(self, host: str, now: float) -> Refusal | None:
        """Why the host is left alone, if it is."""
        with self._reading() as file:
            row = file.execute(statement("hot/select_down_host"), {"host": host, "now": now}).fetchone()
        return Refusal(reason=Reason(row[1]), detail=row[2]) if row else None

    def keep_down(self, host: str, until: float, why: Refusal) -> None:
        """Nobody asks the host before then."""
        values = {"host": host, "until": until, "reason": why.reason, "detail": why.detail}
        with self._transaction("keeping a host as down") as file:
            file.execute(statement("hot/upsert_down_host"), values)

    @contextmanager
    def _transaction(self, doing: str) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(doing):
            self._file.execute("BEGIN IMMEDIATE")
            try:
                yield self._file
            except BaseException:
                self._file.execute("ROLLBACK")
                raise
            self._file.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated("reading the hot state"):
            yield self._file


def _turn_of(file: sqlite3.Connection, domain: str) -> _Turn | None:
    row = file.execute(statement("hot/select_turn"), {"domain": domain}).fetchone()
    return _Turn(*row) if row else None


def _rewound(file: sqlite3.Connection, domain: str, now: float) -> _Turn | None:
    """Where the machine's clock went back nobody waits for the hour to come round again."""
    file.execute(statement("hot/rewind_turn"), {"domain": domain, "now": now, "lease_s": LEASE_S})
    file.execute(statement("hot/delete_all_waiters"), {"domain": domain})
    return _turn_of(file, domain)


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


def _prepare(file: sqlite3.Connection) -> None:
    """WAL, and the tables; the switch to WAL does not wait for a lock by itself."""
    deadline = time.monotonic() + BUSY_S
    while True:
        try:
            file.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(POLL_S[0])
    file.execute("PRAGMA synchronous = NORMAL")
    for table in TABLES:
        file.execute(statement(f"hot/create_{table}"))


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise meaning(str(error), doing) from error
    except sqlite3.DatabaseError as error:
        raise DamagedError(
            f"the hot state is damaged, met while {doing}; end all runs and delete warehouse/hot.sqlite, which holds "
            f"no more than the pace of hosts: {error}"
        ) from error
