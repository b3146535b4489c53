"""The errors that a person meets: each says what, where and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class NewsdeskError(Exception):
    """Our fault or the machine's; the command ends with `exit_code`."""

    exit_code = 1


class UsageError(NewsdeskError):
    """The words of a command were wrong."""

    exit_code = 2


class SettingsError(NewsdeskError):
    """A `NEWSDESK_*` setting or a source file is wrong: nothing was run."""

    exit_code = 4


class RefusedError(NewsdeskError):
    """The machine does not allow the run now: a lock is held, the disk is full."""

    exit_code = 4


class BadRecordError(NewsdeskError):
    """A record of the archive is damaged or gone; `newsdesk archive check` tells which others are."""


class TemporaryError(NewsdeskError):
    """May pass by itself: the runner tries the step again."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or all of them where none is close."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(names)}"


class DiskFullError(RefusedError):
    """No space is left for a write; what was written before stands."""


class DamagedError(NewsdeskError):
    """Something that was written is not what it was, or is gone: the catalog, a Parquet file."""
