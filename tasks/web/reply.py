"""The response to one request as far as it arrived, and the decision that follows: redirect, result or refusal."""

from dataclasses import dataclass, field
from datetime import datetime

from schemas.items.outcome import Reason, Refusal
from tasks.pure.http.headers import Headers
from tasks.pure.http.retries_and_pauses import pause_until
from tasks.pure.http.statuses import REDIRECTS, judged
from tasks.pure.urls.normalise import absolute, sendable
from tasks.web.body import Body
from tasks.web.exchange import Exchange, Hop, Limits
from tasks.web.head import Head

VALIDATORS = frozenset({"if-none-match", "if-modified-since"})
BODY_FAULTS = frozenset({Reason.INCOMPLETE_BODY, Reason.BAD_ENCODING, Reason.BAD_HTTP, Reason.TOO_LARGE})
TIMEOUTS = frozenset({Reason.TIMEOUT_READ, Reason.TIMEOUT_TOTAL})
NO_ANSWER = Refusal(reason=Reason.BAD_HTTP, detail="no answer")


@dataclass
class Reply:
    """The response to one request. `fault`: why it is incomplete; None: the whole response, or the wanted part, is
    here."""

    url: str
    request_headers: Headers
    sent_at: datetime
    elapsed_s: float = 0.0
    head: Head | None = None
    body: Body = field(default_factory=Body)
    fault: Refusal | None = None
    is_lost: bool = False

    @property
    def verdict_of_status(self) -> Refusal | None:
        """The refusal that the status alone decides; None: the body decides, or there is no response."""
        if self.head is None:
            return None
        has_validators = any(name.lower() in VALIDATORS for name, _ in self.request_headers)
        said = judged(self.head.status, has_validators, self.not_before is not None, self.is_range)
        if said and said.reason is Reason.HTTP_ERROR and self.head.first(b"cf-mitigated") == "challenge":
            return Refusal(reason=Reason.CHALLENGE_PAGE, detail=f"{self.head.status} with cf-mitigated")
        return said

    @property
    def is_range(self) -> bool:
        """Whether the request asked for a part of the file."""
        return any(name.lower() == "range" for name, _ in self.request_headers)

    @property
    def not_before(self) -> datetime | None:
        """The end of the pause that the response asks for (UTC); None: it asks for none."""
        head = self.head
        return pause_until(head.status, head.first(b"retry-after"), self.sent_at) if head else None

    def following(self, seen: set[str], redirects_left: int) -> str | Refusal | None:
        """The target of a redirect, or why it is not followed; None: the response is no redirect."""
        if self.fault or self.head is None or self.head.status not in REDIRECTS:
            return None
        target = _location(self.head, self.url)
        if isinstance(target, Refusal):
            return target
        if target in seen:
            return Refusal(reason=Reason.REDIRECT_LOOP, detail=f"back to {target}")
        if redirects_left <= 0:
            return Refusal(reason=Reason.REDIRECT_LIMIT, detail=f"on to {target}")
        return target

    def hop(self) -> Hop:
        """The reply as a redirect that was followed."""
        assert self.head is not None
        return Hop(
            url=self.url,
            status=self.head.status,
            headers=self.head.stored(),
            request_headers=self.request_headers,
            sent_at=self.sent_at,
            elapsed_s=self.elapsed_s,
        )

    def exchange(self, url: str, hops: tuple[Hop, ...], refusal: Refusal | None, limits: Limits) -> Exchange:
        """The result of the fetch; `refusal`: why the redirect is not followed."""
        verdict = refusal or self._verdict(limits)
        is_kept = verdict is None or verdict.reason not in (Reason.TOO_LARGE, Reason.BAD_ENCODING)
        return Exchange(
            url=url,
            final_url=self.url,
            reason=verdict.reason if verdict else Reason.OK,
            detail=verdict.detail if verdict else self.body.note,
            status=self.head.status if self.head else None,
            headers=self.head.stored() if self.head else (),
            request_headers=self.request_headers,
            body=self.body.kept.getvalue() if is_kept else b"",
            wire_bytes=self.body.wire_bytes,
            elapsed_s=sum(hop.elapsed_s for hop in hops) + self.elapsed_s,
            sent_at=self.sent_at,
            not_before=self.not_before,
            truncated=self._truncated(),
            hops=hops,
            is_lost=self.is_lost,
        )

    def _verdict(self, limits: Limits) -> Refusal | None:
        said = self.verdict_of_status
        if self.head is None:
            return self.fault or NO_ANSWER
        if self.fault and not (said and self.fault.reason in BODY_FAULTS):
            return self.fault
        if said:
            return said
        if self.body.is_over and not limits.keeps_prefix:
            return Refusal(reason=Reason.TOO_LARGE, detail=self.body.note or f"over {limits.body_bytes} bytes")
        return None if self.body.kept.tell() else Refusal(reason=Reason.EMPTY_BODY)

    def _truncated(self) -> str | None:
        """The value of WARC-Truncated (WARC 1.1, 5.13)."""
        if self.head is None or not (self.body.is_over or self.fault):
            return None
        if self.fault is None or self.fault.reason is Reason.TOO_LARGE:
            return "length"
        return "time" if self.fault.reason in TIMEOUTS else "disconnect"


def _location(head: Head, base: str) -> str | Refusal:
    values = set(head.values(b"location"))
    if len(values) != 1 or values == {b""}:
        return Refusal(reason=Reason.BAD_HTTP, detail=f"{head.status} with {len(values)} locations")
    target = absolute(_decoded(values.pop()), base)
    target = target if isinstance(target, Refusal) else sendable(target)
    if isinstance(target, Refusal) and target.reason is Reason.BAD_LINK:
        return Refusal(reason=Reason.BAD_HTTP, detail=f"{head.status} to {target.detail}")
    return target


def _decoded(value: bytes) -> str:
    """Publishers send raw UTF-8; other bytes are read as Latin-1 (RFC 9110)."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
