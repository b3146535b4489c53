"""Writes what became of the messages of alerts."""

from collections.abc import Sequence

from schemas.runs.alert import Alert
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse


def load_alerts(warehouse: Warehouse, alerts: Sequence[Alert]) -> int:
    """Write messages that were sent or given up; rows that are there are not changed. Returns how many were
    written."""

    def work(session: Session) -> int:
        session.bring(arrow_rows(Alert, alerts))
        return int(session.rows("insert_alerts")[0][0])

    return warehouse.write("alerts", work, "recording alerts")
