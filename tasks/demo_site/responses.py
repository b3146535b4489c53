"""Responses to requests, with conditional requests (RFC 9110, section 13) and gzip."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256


@dataclass(frozen=True)
class Response:
    """A status, its headers and its body, before it is fitted to a request."""

    status: int
    media_type: str
    body: bytes
    validators: tuple[tuple[str, str], ...] = ()


def with_validators(response: Response, modified_at: datetime | None) -> Response:
    """The response with a weak ETag of its body (it may be sent compressed or not) and a Last-Modified."""
    headers = [("ETag", f'W/"{sha256(response.body).hexdigest()[:20]}"')]
    if modified_at:
        headers.append(("Last-Modified", format_datetime(modified_at, usegmt=True)))
    return Response(response.status, response.media_type, response.body, tuple(headers))


def is_unmodified(response: Response, asked: Mapping[str, str]) -> bool:
    """Whether the request's conditions let it be answered 304. If-None-Match beats If-Modified-Since; a
    date that cannot be read is no condition. `asked` has lower-case names."""
    own = dict(response.validators)
    if "if-none-match" in asked and "ETag" in own:
        tags = {tag.strip().removeprefix("W/") for tag in asked["if-none-match"].split(",")}
        return "*" in tags or own["ETag"].removeprefix("W/") in tags
    if "if-modified-since" in asked and "Last-Modified" in own:
        since = _http_date(asked["if-modified-since"])
        return since is not None and parsedate_to_datetime(own["Last-Modified"]) <= since
    return False


def accepts_gzip(asked: Mapping[str, str]) -> bool:
    """Whether Accept-Encoding names gzip with a weight above 0."""
    for coding in asked.get("accept-encoding", "").split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() == "gzip":
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def compressed(body: bytes) -> bytes:
    """The body in gzip; the same bytes for the same body."""
    return gzip.compress(body, mtime=0)


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None
