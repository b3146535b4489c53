"""Gives the rows of a source another slug."""

from warehouse.database.connection import Session, Warehouse

TABLES_WITH_SOURCE = (
    "alerts",
    "article_versions",
    "captures",
    "closings",
    "events",
    "feed_states",
    "findings",
    "forget_requests",
    "health_states",
    "identities",
    "outcomes",
    "plans",
    "quarantine",
    "quarantine_drops",
    "requests",
    "site_blocks",
    "tallies",
    "tombstones",
    "usuals",
    "wrappers",
)
"""Tables with a column `source`; each has a statement `rename_source_in_TABLE`."""


def rename_source(warehouse: Warehouse, before: str, after: str) -> int:
    """Move every row of the slug `before` to `after`, in one transaction; returns the number of rows. Ids of
    articles, versions and captures stay, as no id is made of a slug. The same call again moves what came since."""

    def work(session: Session) -> int:
        moved = [
            session.rows(f"rename_source_in_{table}", before=before, after=after) for table in TABLES_WITH_SOURCE
        ]
        return sum(int(rows[0][0]) for rows in moved)

    return warehouse.write(f"rename source {before} to {after}", work, f"renaming the source {before!r}")
