"""Passes keys of a batch to the statements of a load, as the relation `arriving`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from warehouse.database.connection import Session

_VERSIONS = pa.schema(
    [("article_id", pa.uuid()), ("version", pa.int64()), ("loaded_at", pa.timestamp("us", tz="UTC"))]
)


def bring_versions(session: Session, keys: Iterable[tuple[UUID, int, datetime]]) -> None:
    """Versions: article_id, number and the time of the load (UTC)."""
    session.bring(versions_table(keys))


def versions_table(keys: Iterable[tuple[UUID, int, datetime]]) -> pa.Table:
    """The same as a table, for statements that want more of each version."""
    rows = [dict(zip(_VERSIONS.names, key, strict=True)) for key in keys]
    return pa.Table.from_pylist(rows, schema=_VERSIONS)


def bring_ids(session: Session, ids: Collection[UUID]) -> None:
    """Ids of articles or pages."""
    bring_keys(session, [each.bytes for each in ids])


def bring_keys(session: Session, keys: Collection[bytes]) -> None:
    """Ids of articles or pages, as 16 bytes each."""
    its = pa.ExtensionArray.from_storage(pa.uuid(), pa.array(list(keys), pa.binary(16)))
    session.bring(pa.table({"article_id": its}))
