"""Decodes a page: finds its encoding by WHATWG's labels and by which encodings its bytes are valid in."""

import re
from dataclasses import dataclass
from typing import Literal

import webencodings

from schemas.items.outcome import Reason, Refusal

SaidBy = Literal["bom", "http", "meta", "bytes", "language", "default"]

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
_MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"OggS", "Ogg"),
    (b"\x7fELF", "ELF"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"MZ\x90", "executable"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "OLE"),
)
_META_BYTES = 4096
_NULS_NEEDED = 4
_META = re.compile(rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]{2,40})", re.IGNORECASE)
_MHTML = re.compile(rb"\A\s*(?:From: <Saved|MIME-Version:|Content-Type: multipart/related)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SERVER_DEFAULTS = {"windows-1252"}
_BY_LANGUAGE = {
    **dict.fromkeys(("uk", "ru", "be", "bg", "sr", "mk"), ("windows-1251", "koi8-u")),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("windows-1250",)),
    **dict.fromkeys(("et", "lv", "lt"), ("windows-1257",)),
    "ko": ("euc-kr",),
    "ja": ("shift_jis", "euc-jp"),
    "zh": ("gb18030", "big5"),
    "el": ("windows-1253",),
    "tr": ("windows-1254",),
    "he": ("windows-1255",),
    "ar": ("windows-1256",),
    "fa": ("windows-1256",),
    "th": ("windows-874",),
    "vi": ("windows-1258",),
}
"""WHATWG's locale defaults (HTML standard, "determining the character encoding", step 9)."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text without NULs. `header_lied`: the HTTP header named another encoding. `broken`: how many U+FFFD
    are in it."""

    text: str
    encoding: str
    said_by: SaidBy
    header_lied: bool = False
    broken: int = 0


def decode_html(page: bytes, charset: str | None = None, language: str | None = None) -> Decoded | Refusal:
    """The text of `page`; `charset` is the HTTP header's, `language` (BCP 47) the outlet's.

    Order: BOM, HTTP header, meta, UTF-8, the language's legacy encoding, windows-1252; an encoding in which
    the bytes are not valid is skipped. Refuses EMPTY_BODY, and WRONG_TYPE for binary content, JSON and MHTML.
    """
    refusal = _refuse(page)
    if refusal:
        return refusal
    for mark, name in _BOMS:
        if page.startswith(mark):
            return _finished(page[len(mark) :], name, "bom", charset)
    name, said_by = _believed(page, charset, language)
    return _finished(page, name, said_by, charset)


def _refuse(page: bytes) -> Refusal | None:
    if not page.strip(b" \t\r\n\x00"):
        return Refusal(reason=Reason.EMPTY_BODY)
    for magic, kind in _MAGIC:
        if page.startswith(magic):
            return Refusal(reason=Reason.WRONG_TYPE, detail=f"the bytes are {kind}")
    if _MHTML.match(page):
        return Refusal(reason=Reason.WRONG_TYPE, detail="the bytes are MHTML")
    if page.lstrip()[:1] in (b"{", b"[") and b"<" not in page[:2048]:
        return Refusal(reason=Reason.WRONG_TYPE, detail="the bytes are JSON")
    head = page[:2048]
    is_wide = any(page.startswith(mark) for mark, _ in _BOMS) or _wide(page) is not None
    if not is_wide and len(_CONTROLS.findall(head)) > len(head) // 10:
        return Refusal(reason=Reason.WRONG_TYPE, detail="the bytes are no text")
    return None


def _wide(page: bytes) -> str | None:
    """UTF-16 without a BOM shows as a NUL beside every ASCII character of the markup, always on one side."""
    head = page[:512]
    first, second = head[0::2].count(0), head[1::2].count(0)
    if b"<\x00" in head and second >= _NULS_NEEDED and not first:
        return "utf-16le"
    if b"\x00<" in head and first >= _NULS_NEEDED and not second:
        return "utf-16be"
    return None


def _believed(page: bytes, charset: str | None, language: str | None) -> tuple[str, SaidBy]:
    wide = _wide(page)
    if wide:
        return wide, "bytes"
    http, meta = _label(charset), _label(_meta_charset(page))
    if _fits(page, "utf-8") and not page.isascii():
        return "utf-8", "http" if http == "utf-8" else "meta" if meta == "utf-8" else "bytes"
    if http and http not in _SERVER_DEFAULTS and _fits(page, http):
        return http, "http"
    if meta and _fits(page, meta):
        return meta, "meta"
    if http and _fits(page, http):
        return http, "http"
    return _guessed(page, language)


def _guessed(page: bytes, language: str | None) -> tuple[str, SaidBy]:
    if _mostly_utf8(page):
        return "utf-8", "bytes"
    for name in _BY_LANGUAGE.get((language or "").split("-")[0].lower(), ()):
        if _fits(page, name):
            return name, "language"
    return "windows-1252", "default"


def _label(charset: str | None) -> str | None:
    """WHATWG's name of the encoding; None for anything that is no label (`idna`, `zlib_codec`), and
    for UTF-16, which a page without its NUL bytes is not in."""
    encoding = webencodings.lookup((charset or "").strip(" \t\"'"))
    if encoding is None or encoding.name.startswith("utf-16") or encoding.name == "x-user-defined":
        return None
    return str(encoding.name)


def _meta_charset(page: bytes) -> str | None:
    found = _META.search(page, 0, _META_BYTES)
    return found[1].decode("ascii") if found else None


def _codec(name: str) -> str:
    """Python's codec for an encoding's name; WHATWG reads GBK as GB18030."""
    return "gb18030" if name == "gbk" else str(webencodings.lookup(name).codec_info.name)


def _fits(page: bytes, name: str) -> bool:
    try:
        page.decode(_codec(name))
    except UnicodeDecodeError as error:
        return len(page) - error.start < 4 and not page.isascii()
    return True


def _mostly_utf8(page: bytes) -> bool:
    """UTF-8 with a few broken places: at most one in ten of what is not ASCII."""
    text = page.decode("utf-8", "replace")
    beyond_ascii = sum(1 for character in text if character > "\x7f")
    return text.count("\ufffd") * 10 <= beyond_ascii


def _finished(page: bytes, name: str, said_by: SaidBy, charset: str | None) -> Decoded:
    text = page.decode(_codec(name), "replace")
    text = text.replace("\x00", "") if b"\x00" in page else text
    said = webencodings.lookup((charset or "").strip(" \t\"'"))
    lied = said is not None and said.name != name and not page.isascii()
    return Decoded(text, name, said_by, lied, 0 if text.isascii() else text.count("\ufffd"))
