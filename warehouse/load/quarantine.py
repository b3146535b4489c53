"""Writes decisions on records in quarantine."""

from collections.abc import Sequence

from schemas.runs.quarantine import QuarantineDrop
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse


def load_drops(warehouse: Warehouse, drops: Sequence[QuarantineDrop]) -> int:
    """Write that these records were dropped; a record that was dropped before keeps its first decision. Returns the
    number of rows written."""

    def work(session: Session) -> int:
        session.bring(arrow_rows(QuarantineDrop, drops))
        return int(session.rows("insert_quarantine_drops")[0][0])

    return warehouse.write("quarantine drop", work, "dropping records in quarantine")
