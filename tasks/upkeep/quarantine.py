"""Drops records in quarantine: writes who decided that they need nothing further, when and why."""

import getpass
import socket
from collections.abc import Sequence
from datetime import datetime

from schemas.runs.quarantine import QuarantineDrop, QuarantineRecord
from warehouse.database.connection import Warehouse
from warehouse.load.quarantine import load_drops


def drop(warehouse: Warehouse, records: Sequence[QuarantineRecord], by: str, why: str, now: datetime) -> int:
    """Write one row for each record that was not dropped before; returns their number. `by`: a name, "" for
    user@machine. The records stay in ops.quarantine, and their captures in the archive."""
    same = QuarantineDrop.model_fields.keys() & QuarantineRecord.model_fields.keys() - {"at", "why", "dropped_by"}
    who = by or f"{getpass.getuser()}@{socket.gethostname()}"
    rows = [
        QuarantineDrop(**{name: getattr(each, name) for name in same}, dropped_by=who, why=why, at=now)
        for each in records
    ]
    return load_drops(warehouse, rows) if rows else 0
