"""Undoes the codings of a body in somebody else's archive, each within a limit of bytes."""

import re
from collections.abc import Callable, Mapping

from schemas.items.outcome import Reason, Refusal
from tasks.pure.http.headers import Headers, header
from tasks.pure.text.gunzip import MAGIC
from tasks.web.stored_body import decoded_body

BODY_BYTES_AT_MOST = 64 * 1024 * 1024
"""Decoded: more than the largest body that is fetched (a sitemap of 50 MiB)."""
_CODINGS_AT_MOST = 4
_CONTENT, _TRANSFER = "content-encoding", "transfer-encoding"
_FROM_WEB = frozenset({"gzip", "deflate", "chunked"})
_CHUNK_SIZE = re.compile(rb"[0-9A-Fa-f]{1,12}[ \t]*(?:;[^\r\n]*)?\r?\n")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MARKUP = re.compile(r"html|xml|text/plain")
_SAMPLE_BYTES = 4096

Readers = Mapping[str, Callable[[bytes, int], bytes]]
"""By coding, a function of the coded body and of the bytes that it gives at most; it raises OSError for a body that
is cut off or not so coded."""


def plain_body(sent: bytes, headers: Headers, readers: Readers) -> bytes | Refusal:
    """The body as its reader saw it. Many archives store the decoded body and keep the headers: a body that is text
    already stays as it is. Refuses BAD_ENCODING, INCOMPLETE_BODY and TOO_LARGE. `readers` know the codings that the
    client does not ask for (`br`, `zstd`)."""
    codings = [*_listed(headers, _CONTENT), *_listed(headers, _TRANSFER)]
    if not codings and sent.startswith(MAGIC) and _MARKUP.search((header(headers, "content-type") or "html").lower()):
        codings = ["gzip"]  # As a fetch does (docs/explanation/hostile-web.md B08).
    if len(codings) > _CODINGS_AT_MOST:
        return Refusal(reason=Reason.BAD_ENCODING, detail=f"{len(codings)} codings")
    body = sent
    for coding in reversed(codings):
        if not body or (coding == "chunked" and not _CHUNK_SIZE.match(body)):
            continue
        decoded = _without(body, coding, readers)
        if isinstance(decoded, Refusal):
            if _is_coded(body, coding) or decoded.reason is Reason.TOO_LARGE:
                return decoded
            continue
        body = decoded
    return body


def _without(body: bytes, coding: str, readers: Readers) -> bytes | Refusal:
    if coding in _FROM_WEB:
        name = _TRANSFER if coding == "chunked" else _CONTENT
        return decoded_body(body, name, coding, BODY_BYTES_AT_MOST)
    if coding not in readers:
        return Refusal(reason=Reason.BAD_ENCODING, detail=f"content coding {coding[:40]!r}")
    try:
        decoded = readers[coding](body, BODY_BYTES_AT_MOST + 1)
    except OSError as error:
        return Refusal(reason=Reason.INCOMPLETE_BODY, detail=f"{coding}: {error}")
    if len(decoded) > BODY_BYTES_AT_MOST:
        return Refusal(reason=Reason.TOO_LARGE, detail=f"over {BODY_BYTES_AT_MOST} bytes decoded")
    return decoded


def _is_coded(body: bytes, coding: str) -> bool:
    """Whether the body, which could not be decoded, is so coded all the same: text holds no control characters."""
    return coding == "chunked" or _BINARY.search(body, 0, _SAMPLE_BYTES) is not None


def _listed(headers: Headers, name: str) -> list[str]:
    """The codings in the order in which they were applied, in lower case and without `x-`."""
    values = [value for key, value in headers if key.lower() == name]
    named = [part.strip().lower().removeprefix("x-") for value in values for part in value.split(",")]
    return [coding for coding in named if coding not in ("", "identity")]
