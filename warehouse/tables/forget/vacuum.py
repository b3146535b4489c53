"""Write a SQLite file anew, without its free pages: `python -m warehouse.tables.forget.vacuum FILE`."""

import sqlite3
import sys
import time
from contextlib import closing

BUSY_S = 60.0
RETRY_S = 0.05


def vacuum(path: str) -> None:
    """VACUUM, then move the journal into the file and empty it. Raises `sqlite3.OperationalError` where others hold
    the file for a minute."""
    deadline = time.monotonic() + BUSY_S
    with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as file:
        file.execute("PRAGMA secure_delete = ON")
        file.execute("VACUUM")
        while file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                raise sqlite3.OperationalError("a reader holds the journal")
            time.sleep(RETRY_S)


if __name__ == "__main__":
    vacuum(sys.argv[1])
