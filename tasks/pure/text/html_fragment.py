"""Reads HTML in titles and summaries of feeds as plain text."""

import html
import re
from collections.abc import Callable

from tasks.pure.text.clean import one_line, without_markup

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|"
    r"</?([A-Za-z][A-Za-z0-9:_\-]*)((?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+(?=>)|[^<>]*))>",
    re.DOTALL,
)
_UNSEEN = re.compile(
    r"<(script|style|noscript|template|iframe)\b[^<>]*(?<!/)>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<(script|style|noscript|template|iframe)\b[^<>]*>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_END_OF_PAIR = re.compile(r"(<([A-Za-z][\w:-]*)>[^<>]+)</\2\s*>")
_INLINE_NAMES = (
    "a abbr acronym applet area audio b base basefont bdi bdo big blink center cite code command data del dfn "
    "em embed font form i input ins kbd keygen label link mark math meta nobr object param path picture q rp "
    "rt ruby s samp script small source span strike strong style sub sup svg time track tt u var video wbr "
    "html body head title"
)
_BLOCK_NAMES = (
    "address article aside blockquote br button canvas caption col colgroup dd details div dl dt fieldset "
    "figcaption figure footer frame frameset h1 h2 h3 h4 h5 h6 header hr iframe img legend li main marquee "
    "nav noscript ol option p pre section select summary table tbody td textarea tfoot th thead tr ul"
)
_INLINE, _BLOCK = frozenset(_INLINE_NAMES.split()), frozenset(_BLOCK_NAMES.split())
_CHARS_READ_PER_KEPT = 16


def text_of(markup: str | None, at_most: int) -> str | None:
    """One line of visible text: tags gone, entities resolved, also where both were escaped once more.

    Only names of HTML elements, tags with attributes and closing tags count as tags: `vector<int>` and `2 < 3`
    stay. At most `at_most` characters; None where nothing visible is left.
    """
    return _visible(markup, at_most, _without_tags)


def title_of(markup: str | None, at_most: int) -> str | None:
    """One line of a title: as `text_of`, but a tag alone is text (`How should <dialog> work?`), because titles speak
    of elements and hardly ever hold one that wraps nothing (`tasks.pure.text.clean.without_markup`)."""
    return _visible(markup, at_most, _without_title_tags)


def _visible(markup: str | None, at_most: int, without_tags: Callable[[str], str]) -> str | None:
    if not markup:
        return None
    read = at_most * _CHARS_READ_PER_KEPT
    text = _without_torn_tag(markup[:read], is_cut=len(markup) > read)
    for _ in range(2):
        text = html.unescape(without_tags(text))
    return one_line(without_tags(text)[: at_most * 2])[:at_most].strip() or None


def _without_title_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _END_OF_PAIR.sub(r"\1", without_markup(_NO_TEXT.sub(" ", text)))


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    return _TAG.sub(_tag, _UNSEEN.sub(" ", text))


def _tag(found: re.Match[str]) -> str:
    name = (found[1] or "").lower()
    if not name or name in _INLINE:
        return ""
    is_end = found[0].startswith("</") or found[2].endswith("/")
    is_tag = is_end or name in _BLOCK or "=" in found[2] or "-" in name or ":" in name
    return " " if is_tag else found[0]


def _without_torn_tag(text: str, is_cut: bool) -> str:
    """The text without a tag at its end that lacks its `>`."""
    start = text.rfind("<")
    torn = text[start:]
    if start < 0 or ">" in torn or not (is_cut or "=" in torn):
        return text
    return text[:start]
