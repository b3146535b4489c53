"""Looks up the messages of alerts that the hot state keeps."""

from contextlib import closing

from schemas.runs.alert import Alert
from schemas.settings import Settings
from warehouse.database.address import Address
from warehouse.hot.state import open_hot


def kept_alerts(settings: Settings) -> list[Alert]:
    """In the order in which they were made; none before the first run."""
    if Address.parse(settings.warehouse_url).catalog == "sqlite" and not settings.hot_path.exists():
        return []
    with closing(open_hot(settings)) as hot:
        return hot.alerts.all()
