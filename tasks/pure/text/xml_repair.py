"""Repairs an XML document for a parser: no illegal characters, no DOCTYPE, no bare `&`."""

import re
from collections.abc import Iterator
from html.entities import html5
from xml.sax.saxutils import escape

from schemas.items.outcome import Reason, Refusal

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_C1 = re.compile("[\x80-\x9f]")
_REFERENCE = re.compile(r"&(?:#([0-9]{1,8}|[xX][0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]{0,31});)?")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{65536}")
"""64 KiB is over a thousand attributes; feedparser takes 19 s for 50,000 (measured, 6.0.14)."""


def local_name(tag: str) -> str:
    """A tag's name in lower case, without its namespace or a prefix that was never declared."""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def legal(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, such as NUL. A C1 control character is the
    windows-1252 character of that byte: nobody writes the other (the HTML standard reads `&#146;` so)."""
    return _ILLEGAL.sub("", _C1.sub(lambda found: _of_windows(ord(found[0])), text))


def _of_windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore")


def without_preface(text: str) -> str | Refusal:
    """The document from its root element on, so without its DOCTYPE; `""` where there is no element.

    Refuses PARSE_ERROR where the DOCTYPE declares entities (billion laughs, XXE) or does not end.
    """
    at = text.find("<")
    while 0 <= at < len(text):
        end = _end_of_preface(text, at)
        if end is None:
            return text[at:]
        if end < 0:
            return Refusal(reason=Reason.PARSE_ERROR, detail=f"{text[at : at + 9]!r} does not end")
        if text.startswith("<!", at) and _ENTITY.search(text, at, end):
            return Refusal(reason=Reason.PARSE_ERROR, detail="the DOCTYPE declares entities")
        at = text.find("<", end)
    return ""


def _end_of_preface(text: str, at: int) -> int | None:
    """Where the comment, instruction or DOCTYPE at `at` ends; -1: nowhere; None: it is an element."""
    for start, stop in (("<!--", "-->"), ("<?", "?>")):
        if text.startswith(start, at):
            return _after(text, stop, at)
    if not text.startswith("<!", at):
        return None
    subset, close = text.find("[", at), text.find(">", at)
    if 0 <= subset < close:
        bracket = text.find("]", subset)
        return _after(text, ">", bracket) if bracket >= 0 else -1
    return _after(text, ">", at)


def _after(text: str, mark: str, start: int) -> int:
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else -1


def mended(text: str) -> str:
    """The text with bare `&` escaped, HTML's entities resolved and references to illegal characters removed. CDATA
    sections stay as they are; well-formed parts keep their meaning."""
    return "".join(part if is_cdata else _REFERENCE.sub(_reference, part) for part, is_cdata in _parts(text))


def has_monstrous_tag(text: str) -> bool:
    """Whether a start tag is longer than 64 KiB."""
    return any(not is_cdata and _LONG_TAG.search(part) for part, is_cdata in _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, in order, and whether each is a CDATA section."""
    at = 0
    while True:
        start = text.find(_OPEN, at)
        if start < 0:
            yield text[at:], False
            return
        yield text[at:start], False
        at = _after(text, _CLOSE, start)
        if at < 0:
            yield text[start:], True
            return
        yield text[start:at], True


def _reference(found: re.Match[str]) -> str:
    number, name = found.groups()
    if number:
        code = int(f"0{number}", 16) if number[0] in "xX" else int(number)
        return _of_windows(code) if 0x80 <= code < 0xA0 else found[0] if _is_legal(code) else ""
    if name is None or name in _XML_NAMES:
        return found[0] if name else "&amp;"
    character = html5.get(f"{name};")
    return escape(character) if character else f"&amp;{name};"


def _is_legal(code: int) -> bool:
    return 0 < code < 0x110000 and not _ILLEGAL.match(chr(code))


def root_name(text: str) -> str | None:
    """Local name of the root element that `text` begins with, in lower case; None: no element."""
    found = _ROOT.match(text)
    return found[1].lower() if found else None
