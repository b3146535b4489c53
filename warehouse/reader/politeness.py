"""Politeness: gaps between requests by domain and host, from the ledger of requests in the reader file."""

from pathlib import Path

from schemas.runs.politeness import DomainPace, Sent
from warehouse.reader.file import Reader


def domain_paces(reader_path: Path) -> tuple[DomainPace, ...]:
    """One line for each domain that got a request, those with breaches first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_domain_paces", DomainPace))


def requests_to(reader_path: Path, host: str) -> tuple[Sent, ...]:
    """The requests to a host (with its port unless that is the default), or to all hosts of a registrable domain;
    oldest first."""
    with Reader(reader_path) as session:
        return tuple(session.models("select_sent", Sent, host=host))
