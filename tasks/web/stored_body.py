"""Decodes a body that an archive holds as it was sent, by the rules of the client."""

import io

from schemas.items.outcome import Reason, Refusal
from tasks.web.body import Body, read_body
from tasks.web.deadline import Deadline, FetchFailedError
from tasks.web.head import Head

_SECONDS = 600.0
"""No network is waited for, and the number of bytes is bounded: this ends nothing but a fault of ours."""


def decoded_body(sent: bytes, header: str, coding: str, at_most: int) -> bytes | Refusal:
    """The body without one coding: gzip, x-gzip, deflate (with zlib's header or without) or chunked; `header` is
    content-encoding or transfer-encoding. Refuses BAD_ENCODING where it is not so coded, INCOMPLETE_BODY where it is
    cut off or damaged, TOO_LARGE above `at_most` decoded bytes."""
    head = Head(200, ((header.encode("ascii"), coding.encode("ascii", "replace")),))
    body = Body()
    with Deadline(_SECONDS, _SECONDS, _SECONDS) as deadline:
        try:
            read_body(io.BytesIO(sent), head, at_most, deadline, body)
        except FetchFailedError as error:
            return error.refusal
    if body.is_over:
        return Refusal(reason=Reason.TOO_LARGE, detail=f"over {at_most} bytes decoded")
    return body.kept.getvalue()
