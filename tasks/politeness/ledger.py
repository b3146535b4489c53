"""Makes the rows of `ops.requests`, which prove that requests were polite."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason
from schemas.runs.ledger import Request
from schemas.sources.source import Source
from tasks.politeness.robots import BLOCKED
from tasks.pure.urls.domains import host_of, registrable_domain
from tasks.web.client import Exchange


@dataclass(frozen=True)
class RequestPurpose:
    """The purpose of one attempt's requests. `granted` gets, for each request in order, the time of its turn (UTC)
    and the shortest gap allowed before it, in seconds."""

    source: Source
    kind: UrlKind
    attempt: int
    granted: list[tuple[datetime, float]] = field(default_factory=list)


class _End(NamedTuple):
    """The end of one request; bytes are None where no body was read."""

    url: str
    status: int | None
    elapsed_s: float
    reason: Reason = Reason.OK
    detail: str | None = None
    wire_bytes: int | None = None
    body_bytes: int | None = None


def rows_of(run_id: str, purpose: RequestPurpose, exchange: Exchange) -> Iterator[Request]:
    """One row for each request of the exchange, redirects first; none for a request that the address guard blocked,
    as nothing left the machine."""
    for (sent_at, pace_s), end in zip(purpose.granted, _ends(exchange), strict=False):
        if end.reason not in BLOCKED:
            yield Request(
                run_id=run_id,
                source=purpose.source.slug,
                host=host_of(end.url),
                domain=registrable_domain(end.url),
                kind=purpose.kind,
                attempt=purpose.attempt,
                sent_at=sent_at,
                pace_s=pace_s,
                **end._asdict(),
            )


def _ends(exchange: Exchange) -> Iterator[_End]:
    for hop in exchange.hops:
        yield _End(hop.url, hop.status, hop.elapsed_s, detail="redirect")
    has_body = exchange.status is not None and not 300 <= exchange.status < 400
    yield _End(
        url=exchange.final_url,
        status=exchange.status,
        elapsed_s=max(exchange.elapsed_s - sum(hop.elapsed_s for hop in exchange.hops), 0.0),
        reason=exchange.reason,
        detail=exchange.detail,
        wire_bytes=exchange.wire_bytes if has_body else None,
        body_bytes=len(exchange.body) if has_body and exchange.reason is not Reason.TOO_LARGE else None,
    )
