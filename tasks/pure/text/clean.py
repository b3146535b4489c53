"""Cleans text for storing (NFC, single spaces, nothing invisible) and makes keys to compare texts by."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from schemas.items.unspaced_scripts import words_of

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f]")
# Joiners spell words in Arabic, Indic and related scripts and glue emoji; elsewhere they are watermarks.
_STRAY_JOINER = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u109f\u1780-\u18af\u2600-\u27bf\ufe0f\ufb50-\ufeff\U0001f000-\U0001faff])[\u200c\u200d]"
)
TITLE_CHARS = 1_000
"""Longest title of a feed or a link that is kept, in characters."""
SENTENCE_END = re.compile(r"[.!?…。！？؟।»”\"]\s*$")
"""Most lines that do not end like this are headings, labels or names."""
_INLINE = "em|i|b|strong|u|s|small|big|sub|sup|cite|mark|q|abbr|font|a|tt|code|kbd|bdi|bdo|nobr|strike|del|ins"
_APART = "span|p|div|h[1-6]|center|marquee|section|article|blockquote|ul|ol|li|pre|script|style"
_WRAPPED = re.compile(
    rf"<(?:(?P<inline>{_INLINE})|(?P<apart>{_APART}))\b[^<>]*>"
    r"(?P<inner>[^<>]*[^<>\s][^<>]*)</(?:(?P=inline)|(?P=apart))\s*>",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    rf"</(?:{_INLINE}|{_APART})\s*>|<(?:br|wbr|hr)\s*/?>|<[a-z][\w:-]*[\s/][^<>]*=[^<>]*>|^\s*<(?:{_APART})>",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_ASCII_WORD = {place: None for place in range(128) if not chr(place).isalnum()}
_SHORT_CHARS = 2000
_PRINTED = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f]")
"""Invisible characters that `str.isprintable` accepts."""


def visible(text: str) -> str:
    """NFC without soft hyphens, zero-width watermarks, bidi overrides, control characters and lone
    surrogates; white space is left as it is."""
    if text.replace("\n", "").isprintable() and (text.isascii() or not _PRINTED.search(text)):
        return unicodedata.normalize("NFC", text)
    bare = _CONTROL.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", bare))


def one_line(text: str) -> str:
    """Visible text with every run of white space as one space; `""` where nothing visible is left."""
    joined = " ".join(text.split())
    if joined.isprintable() and (joined.isascii() or not _PRINTED.search(joined)):
        return unicodedata.normalize("NFC", joined)
    return " ".join(visible(joined).split())


def one_field(value: object, limit: int = 2000) -> str | None:
    """A field of a publisher (JSON-LD, meta) as one line of text: entities resolved, also when escaped twice, markup
    dropped (`without_markup`), cut to `limit` characters; None for an empty text and for what is no string."""
    if not isinstance(value, str):
        return None
    text = value[: limit * 4]
    for _ in range(2):
        text = html.unescape(text) if "&" in text else text
    return one_line(without_markup(text))[:limit].rstrip() or None


def without_markup(text: str) -> str:
    """A headline or another field without the tags that a publisher's system left in it: elements that wrap some of
    its text (`<em>Titanic</em>`, `<span class=…>`), line breaks, closing tags, and a tag that begins it.

    Any other tag is text, as a reader sees it: `How should <dialog> work?` speaks of the element."""
    if "<" not in text:
        return text
    return _LEFT_OVER.sub(" ", unwrapped(text))


def unwrapped(text: str) -> str:
    """The text without the elements that wrap some of it, as `without_markup`; other tags stay."""
    last = ""
    while text != last:
        last, text = text, _WRAPPED.sub(_inner, text)
    return text


def _inner(found: re.Match[str]) -> str:
    """What an element wraps; a block's text stands apart, that of `<em>` as close as it was written."""
    return found["inner"] if found["inline"] else f" {found['inner']} "


def lines(text: str) -> str:
    """Visible text, line breaks kept, no spaces at a line's ends and no empty line."""
    folded = (" ".join(line.split()) for line in visible(text).split("\n"))
    return "\n".join(line for line in folded if line)


def letters_only(text: str) -> str:
    """The letters and digits of a text in lower case: the same for two spellings of it."""
    return _short_key(text) if len(text) < _SHORT_CHARS else _NOT_WORD.sub("", text.casefold())


@lru_cache(maxsize=2048)
def _short_key(text: str) -> str:
    """Cached: every rule compares the same lines."""
    folded = text.casefold()
    return folded.translate(_NOT_ASCII_WORD) if folded.isascii() else _NOT_WORD.sub("", folded)


def joined_letters(texts: Iterable[str]) -> str:
    """`letters_only` of the texts joined by spaces."""
    return "".join(map(letters_only, texts))


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, 0 to 1: shared words over all words (Jaccard)."""
    first, second = _distinct_words(one), _distinct_words(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=256)
def _distinct_words(text: str) -> frozenset[str]:
    """Cached: every line of an article is compared with the same few titles."""
    return frozenset(words_of(text))
