"""Gives the rows of a source another slug."""

import pyarrow as pa

from warehouse.database.columns import columns
from warehouse.database.connection import Session, Warehouse
from warehouse.tables.tables import TABLES, Table


def rename_source(warehouse: Warehouse, before: str, after: str) -> int:
    """Move every row of the slug `before` to `after`, in one transaction; returns the number of rows. Ids of
    articles, versions and captures stay, as no id is made of a slug. The same call again moves what came since.

    A file that has such a row is written anew whole: an UPDATE of some of its rows would leave a delete file beside
    it, with which the reader file cannot be written (docs/decisions/0077)."""
    slugs = pa.table({"before": [before], "after": [after]})

    def work(session: Session) -> int:
        session.bring(slugs)
        session.script("CREATE OR REPLACE TEMP TABLE renamed AS SELECT * FROM arriving")
        moved = [_rename(session, table) for table in TABLES if "source" in table.row.model_fields]
        session.script("DROP TABLE renamed")
        return sum(moved)

    return warehouse.rearrange(f"rename source {before} to {after}", work, f"renaming the source {before!r}")


def _rename(session: Session, table: Table) -> int:
    its = "source IN (SELECT before FROM renamed)"
    moved = int(session.script(f"SELECT count(*) FROM {table.full_name} WHERE {its}")[0][0])
    if moved:
        names = ", ".join(column.name for column in columns(table.row))
        session.script(
            f"CREATE TEMP TABLE its_files AS SELECT DISTINCT filename FROM {table.full_name} WHERE {its}; "
            f"CREATE TEMP TABLE rewritten AS SELECT {names} FROM (SELECT * REPLACE ("
            f"CASE WHEN {its} THEN (SELECT after FROM renamed) ELSE source END AS source) "
            f"FROM {table.full_name} WHERE filename IN (SELECT filename FROM its_files)); "
            f"DELETE FROM {table.full_name} WHERE filename IN (SELECT filename FROM its_files); "
            f"INSERT INTO {table.full_name} BY NAME SELECT * FROM rewritten; "
            "DROP TABLE rewritten; DROP TABLE its_files"
        )
    return moved
