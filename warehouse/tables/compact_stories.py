"""Keeps the tables of stories as large as what they say: each load adds rows to them and takes none away."""

from warehouse.database.connection import Session, Warehouse
from warehouse.database.sql_files import statement

MESSAGE = "compact stories"
"""That of the commit; it changes no row that a report counts (`warehouse.reader.totals`)."""
SURPLUS = 50_000
"""Rows that say nothing new before it is worth a rewriting; a load of 50 articles adds about 5,000."""


def compact_stories(warehouse: Warehouse, surplus: int = SURPLUS) -> int:
    """Sum the frequencies of each term and delete replaced states of stories, in one transaction; what loads decide
    afterwards stays the same. Returns how many rows fewer there are; 0: fewer than `surplus` could go."""
    fewer = sum(
        warehouse.look(lambda session: session.rows("select_surplus_of_stories"), "counting rows of stories")[0]
    )
    if fewer < max(1, surplus):
        return 0

    def work(session: Session) -> None:
        session.script(statement("compact_stories"))

    warehouse.write(MESSAGE, work, "summing the frequencies of terms")
    return int(fewer)
