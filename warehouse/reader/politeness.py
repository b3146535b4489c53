"""Politeness: who was asked how often, read from the ledger of requests in the reader file."""

from pathlib import Path

from schemas.runs.politeness import DomainPace, Sent
from warehouse.reader.file import Reader


def domain_paces(reader_path: Path) -> tuple[DomainPace, ...]:
    """A line for each domain that was ever asked, those with breaches first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_domain_paces", DomainPace))


def requests_to(reader_path: Path, host: str) -> tuple[Sent, ...]:
    """The requests to the host (with its port, where that is not the default), or to all hosts of the
    registrable domain of that name; oldest first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_sent", Sent, host=host))
