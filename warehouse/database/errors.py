"""Turns errors of the database into our own. They are told apart by their text, as DuckDB gives no codes."""

import re

from schemas.errors import DamagedError, DiskFullError, NewsdeskError, RefusedError, TemporaryError

_DISK_FULL = ("no space left on device", "disk is full", "disk quota exceeded", "file too large")
_PASSING = (
    "database is locked",
    "transaction conflict",
    "could not set lock on file",
    "could not serialize access",
    "deadlock detected",
)
_AWAY = (
    "server closed the connection",
    "terminating connection",
    "connection refused",
    "could not connect to server",
    "no connection to the server",
    "unable to connect to postgres",
    'failed to execute query "rollback"',
    'failed to execute query "begin',
)
_NOT_ALLOWED = (
    "permission denied",
    "read-only file system",
    "readonly database",
    "operation not permitted",
    "not a directory",
    "unable to open database file",
)
_DAMAGED = (
    "file is not a database",
    "database disk image is malformed",
    "no such file or directory",
    "no files found that match",
    "404 not found",
    "no magic bytes found",
    "too small to be a parquet file",
    "not a valid duckdb database file",
)
READING = "reading the reader file"
"""How `doing` begins where the reader file is read; its path follows."""
_NOT_THERE = ("catalog error:", "binder error:")
"""Begins the message about a table, view or column that is not there."""
_SECRET = re.compile(r"(password\s*=\s*)(?:'(?:[^'\\]|\\.)*'|\S+)|(://[^\s:/@]+:)[^\s@]+(?=@)", re.IGNORECASE)


def meaning(text: str, doing: str) -> NewsdeskError:
    """The error to raise for DuckDB's message `text`, met while `doing` (a phrase: "loading the batch").

    `TemporaryError` where the same transaction may go through later; `RefusedError`, `DiskFullError` where the
    machine does not allow it now; `DamagedError` where a file is not what it was. Passwords are blotted out.
    """
    said = _SECRET.sub(r"\1\2***", " ".join(text.split())).removesuffix(".")
    low = said.lower()
    if any(words in low for words in _DISK_FULL):
        return DiskFullError(f"the disk is full while {doing}; nothing of it was kept; free space, run again: {said}")
    if any(words in low for words in _PASSING):
        return TemporaryError(f"the warehouse was taken while {doing}: {said}")
    if any(words in low for words in _AWAY):
        return TemporaryError(f"the warehouse's server or store did not answer while {doing}; is it up? {said}")
    if any(words in low for words in _NOT_ALLOWED):
        return RefusedError(f"no access while {doing}; nothing of it was kept: {said}")
    if any(words in low for words in _DAMAGED):
        return DamagedError(
            f"a part of the warehouse is damaged or gone, met while {doing}; put it back (warehouse/backups/ has the "
            f"catalog), or move the warehouse away and run `newsdesk rebuild`: {said}"
        )
    if doing.startswith(READING) and low.startswith(_NOT_THERE):
        return NewsdeskError(
            f"an older version of newsdesk wrote {doing.removeprefix('reading ')}: run `newsdesk publish`, "
            f"which writes it anew: {said}"
        )
    if low.startswith("out of memory"):
        return RefusedError(f"not enough memory while {doing}; raise NEWSDESK_DUCKDB_MEMORY: {said}")
    if low.startswith("io error") or "disk i/o error" in low:
        return RefusedError(f"cannot read or write while {doing} (a full disk?); nothing of it was kept: {said}")
    return NewsdeskError(f"the warehouse failed while {doing}: {said}")
