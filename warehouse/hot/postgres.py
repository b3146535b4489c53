"""The hot state on the PostgreSQL server of the catalog, for processes of many machines: asyncpg's one home."""

import asyncio
import re
import shlex
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import asyncpg

from schemas.errors import NewsdeskError, RefusedError, SettingsError, TemporaryError
from warehouse.database.errors import meaning
from warehouse.database.sql_files import statement
from warehouse.hot.sqlite import TABLES, Rows

SCHEMA = "newsdesk_hot"
WAIT_S = 30.0
"""For a lock, a free connection or an answer."""
IDLE_S = 10.0
"""`idle_in_transaction_session_timeout`: a suspended laptop must not hold the lock."""
CONNECTIONS = 4
TRIES = 5
"""Attempts to begin a transaction while the server restarts or the network is lost for a moment."""
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_LOST = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # Of a connection that the server ends at this moment.
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    OSError,
    TimeoutError,
)
_BUSY = (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError, asyncpg.IdleInTransactionSessionTimeoutError)
Connection = Any  # asyncpg's classes are generic only in its stubs.


class PostgresStore:
    """The tables of the schema `newsdesk_hot` at the server that libpq's `words` (or its URL) name, made where
    there are none. Whoever asks for the same domain is kept apart by an advisory lock, which ends with its
    session. Raises `TemporaryError` where the server does not answer, `RefusedError` where it does not let us in."""

    def __init__(self, words: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hot-state", daemon=True)
        self._thread.start()
        try:
            with _translated("opening the hot state"):
                self._pool = self._wait(_open_pool(url_of(words)))
            self._prepare()
        except BaseException:
            self._end_loop()
            raise

    def scrub(self) -> None:
        """See `HotStore`: not here, the server's own vacuum frees dead rows (docs/how-to/forget-an-article.md)."""

    def close(self) -> None:
        """Close the connections."""
        with suppress(*_LOST):
            self._wait(asyncio.wait_for(self._pool.close(), IDLE_S))
        self._end_loop()

    @contextmanager
    def transaction(self, doing: str, about: str) -> Iterator[Rows]:
        """See `HotStore`."""
        with _translated(doing):
            connection = self._begun(about)
            try:
                yield partial(self._rows, connection)
                self._wait(connection.execute("COMMIT"))
            except BaseException:
                try:
                    self._wait(connection.execute("ROLLBACK"))
                except (*_LOST, asyncpg.PostgresError):
                    self._loop.call_soon_threadsafe(connection.terminate)
                raise
            finally:
                self._wait(self._pool.release(connection, timeout=WAIT_S))

    @contextmanager
    def reading(self) -> Iterator[Rows]:
        """See `HotStore`."""
        with _translated("reading the hot state"):
            connection = self._tried(lambda: self._pool.acquire(timeout=WAIT_S))
            try:
                yield partial(self._rows, connection)
            finally:
                self._wait(self._pool.release(connection, timeout=WAIT_S))

    def clock_s(self) -> float | None:
        """See `HotStore`."""
        with self.reading() as rows:
            return float(rows("select_clock")[0][0])

    def _begun(self, about: str) -> Connection:
        key = int.from_bytes(sha256(f"newsdesk:{about}".encode("utf-8", "replace")).digest()[:7], "big")

        async def begin() -> Connection:
            connection = await self._pool.acquire(timeout=WAIT_S)
            try:
                await connection.execute("BEGIN")
                await connection.fetch(*_bound("lock", {"key": key}))
            except BaseException:
                connection.terminate()
                await self._pool.release(connection, timeout=WAIT_S)
                raise
            return connection

        return self._tried(begin)

    def _tried(self, begin: Callable[[], Awaitable[Any]]) -> Any:
        """Safe to retry: nothing was done yet."""
        for number in range(1, TRIES):
            try:
                return self._wait(begin())
            except _LOST:
                time.sleep(0.1 * 2**number)
        return self._wait(begin())

    def _rows(self, connection: Connection, name: str, /, **values: object) -> list[tuple[Any, ...]]:
        found = self._wait(connection.fetch(*_bound(name, values), timeout=WAIT_S))
        return [tuple(row) for row in found]

    def _prepare(self) -> None:
        """Under a lock: two sessions that run `IF NOT EXISTS` at once both try to create."""
        with self.transaction("preparing the hot state", "prepare") as rows:
            rows("create_schema")
            for table in TABLES:
                rows(f"create_{table}")

    def _wait(self, work: Any) -> Any:
        async def done() -> Any:
            return await work

        return asyncio.run_coroutine_threadsafe(done(), self._loop).result()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def url_of(words: str) -> str:
    """What asyncpg takes, from libpq's `words` (`host=db dbname=news`); a URL stays as it is. Raises
    `SettingsError` for neither. Passwords come from PGPASSWORD or ~/.pgpass, as with libpq."""
    if words.startswith(("postgresql://", "postgres://")):
        return words
    try:
        pairs = dict(word.split("=", 1) for word in shlex.split(words))
    except ValueError as error:
        raise SettingsError(
            "the words of the PostgreSQL catalog in NEWSDESK_WAREHOUSE are not of the form key=value"
        ) from error
    pairs.pop("connect_timeout", None)
    return f"postgresql://?{urlencode(pairs)}"


async def _untouched(_connection: Connection) -> None:
    """No reset between two uses: ours leave nothing behind, and it would cost each a round trip."""


async def _open_pool(url: str) -> Any:
    return await asyncpg.create_pool(
        url,
        min_size=0,
        max_size=CONNECTIONS,
        timeout=WAIT_S,
        command_timeout=WAIT_S,
        reset=_untouched,
        server_settings={
            "search_path": SCHEMA,
            "lock_timeout": f"{WAIT_S:.0f}s",
            "idle_in_transaction_session_timeout": f"{IDLE_S:.0f}s",
            "application_name": "newsdesk",
        },
    )


@cache
def _numbered(name: str) -> tuple[str, tuple[str, ...]]:
    """The statement with $1, $2 … and the names that stand for them."""
    sql = statement(name)
    names = tuple(dict.fromkeys(_PARAMETER.findall(sql)))
    return _PARAMETER.sub(lambda match: f"${names.index(match[1]) + 1}", sql), names


def _bound(name: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """The statement and its values; text without NUL, which PostgreSQL does not hold."""
    sql, names = _numbered(name)
    given = [values[each] for each in names]
    return sql, *(each.replace("\0", "\ufffd") if isinstance(each, str) else each for each in given)


@contextmanager
def _translated(doing: str) -> Iterator[None]:
    try:
        yield
    except NewsdeskError:
        raise
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError) as error:
        raise RefusedError(f"the PostgreSQL server does not let us in while {doing}: {error}") from error
    except _BUSY as error:
        raise TemporaryError(f"the hot state was taken while {doing}: {error}") from error
    except _LOST as error:
        raise TemporaryError(f"the hot state's server did not answer while {doing}; is it up? {error}") from error
    except asyncpg.PostgresError as error:
        raise meaning(str(error), doing) from error
