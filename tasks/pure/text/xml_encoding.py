"""Decodes a feed or sitemap. Its encoding: BOM, else HTTP header, else XML declaration, else UTF-8."""

import re
from typing import NamedTuple

import webencodings

from schemas.items.outcome import Reason, Refusal

_BOMS = (
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"{\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]{1,40})[\"']")
_WIDE_CHARACTER = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_HEAD_BYTES = 1024
_NO_LABELS = frozenset({"replacement", "x-user-defined"})


class Read(NamedTuple):
    """A document's text, Python's name of its codec, and how many U+FFFD are in it (bytes that the codec cannot
    decode, and U+FFFD that the publisher sent)."""

    text: str
    codec: str
    broken_chars: int


def codec_of(head: bytes, charset: str | None) -> tuple[str, int] | Refusal:
    """Python's codec for a document that begins with `head`, and the bytes of its BOM.

    `charset` is the HTTP header's. Only labels of WHATWG's Encoding standard count; UTF-7 is refused as
    PARSE_ERROR, since it hides markup from every other reader.
    """
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec, len(mark)
    for start, codec in _WIDE:
        if head.lstrip(b" \t\r\n").startswith(start):
            return codec, 0
    for label in (charset, declared(head)):
        if label and label.strip().lower() in {"utf-7", "unicode-1-1-utf-7"}:
            return Refusal(reason=Reason.PARSE_ERROR, detail="the charset is utf-7")
        known = codec_named(label)
        if known:
            return known, 0
    return "utf-8", 0


def declared(head: bytes) -> str | None:
    """The encoding that the XML declaration names; None: it names none."""
    found = _DECLARED.search(head, 0, _HEAD_BYTES)
    return found[1].decode("ascii") if found else None


def codec_named(label: str | None) -> str | None:
    """Python's codec for a label; None for a label of no ASCII-compatible encoding: UTF-16 is recognised by the
    bytes, before the label counts."""
    encoding = webencodings.lookup(label or "")
    if encoding is None or encoding.name in _NO_LABELS or encoding.name.startswith("utf-16"):
        return None
    return "gb18030" if encoding.name == "gbk" else str(encoding.codec_info.name)


def decode_xml(body: bytes, charset: str | None) -> Read | Refusal:
    """The text of a whole document, with U+FFFD for bytes that its encoding cannot decode.

    The encoding is `codec_of`'s, unless the bytes are invalid in it and valid in the XML
    declaration's. Bytes that are invalid UTF-8 and hold no multi-byte character of it are read as windows-1252.
    """
    known = codec_of(body[:_HEAD_BYTES], charset)
    if isinstance(known, Refusal):
        return known
    codec, skipped = known
    for choice in dict.fromkeys((codec, codec_named(declared(body)))):
        if choice and (text := _whole(body[skipped:], choice)) is not None:
            return Read(text, choice, text.count("\ufffd"))
    is_one_byte_each = codec == "utf-8" and not _WIDE_CHARACTER.search(body)
    codec = "cp1252" if is_one_byte_each else codec
    text = body[skipped:].decode(codec, "replace")
    return Read(text, codec, text.count("\ufffd"))


def _whole(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None
