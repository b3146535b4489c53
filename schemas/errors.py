"""The errors that a command reports: each message says what happened, to what, and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class NewsdeskError(Exception):
    """A fault of the program or of the machine. The command ends with `exit_code`."""

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


class TooEarlyError(NewsdeskError):
    """The first run of the home is under way, and there are no rows to read yet: the message says how far it is."""


class StoppedError(NewsdeskError):
    """A person ended the command before its work was done."""

    exit_code = 130


class BadRecordError(NewsdeskError):
    """A record of the archive is damaged or missing; `newsdesk archive check` lists all such records."""


class TemporaryError(NewsdeskError):
    """A fault that may go away without help, as a lost connection: the runner retries the step."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known word, or all of them where none is close."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(names)}"


class DiskFullError(RefusedError):
    """The disk is full. Rows and records written before are kept."""


class DamagedError(NewsdeskError):
    """A file of the warehouse is damaged or missing: the catalog, or a Parquet file."""
