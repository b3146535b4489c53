"""Removes paragraphs that are not the article's, after extraction. Each rule is one function."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from schemas.items.site_page import Removal
from tasks.pure.body.beside.embed_consents import is_embed_consent
from tasks.pure.body.phrases import (
    BARE_DATE,
    CREDIT,
    DATELINE,
    LABEL,
    READ_ALSO,
    SHARE_CALL,
    SHARE_ROW,
    is_call,
    is_last_call,
)
from tasks.pure.text.clean import SENTENCE_END, letters_only, likeness

_HEAD_LINES = 5
_TAIL_LINES = 5
_LONG_KEY = 60
_CUT_KEY = 30
_TITLE_KEY = 20
_DOUBLE_SHARE = 0.9
_SECTION_BREAK = re.compile(r"[_*]{2,}|[*•·](?:\s[*•·]){2}")
_BIO = re.compile(
    r"\b(?:is|was) (?:a|an|the|our)\b|\bis (?:\w+ ){0,2}(?:editor|reporter|correspondent|writer)|"
    r"\b(?:covers|writes|reports|joined|works|worked|served|holds)\b|\bist\b|\bschreibt\b|\best\b|\bes\b|\bè\b|\bé\b|"
    r"\bjest\b|@|\btwitter\b|\bX:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the rules know of the article beside its paragraphs. `dek`: the standfirst's text, `described`: that or
    the stated description."""

    title: str
    dek: str | None = None
    authors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    described: str | None = None


def keep_article(paragraphs: Sequence[str], setting: Setting, removals: list[Removal] | None = None) -> list[str]:
    """The paragraphs that belong to the article, in order. Where the rules would leave under a third of the text,
    they are taken to be wrong, and only the lines at the head are removed. `removals`, where given, gets every
    removed paragraph with its rule."""
    kept, noted = list(paragraphs), list[Removal]()
    for name, rule in _RULES.items():
        before, kept = kept, rule(kept, setting)
        if removals is not None:
            noted += _lost(name, before, kept, setting)
    if _chars(kept) * 3 < _chars(paragraphs):
        kept = _without_head_lines(list(paragraphs), setting)
        noted = _lost(_HEAD_RULE, paragraphs, kept, setting)
    if removals is not None:
        removals += noted
    return kept


def _lost(rule: str, before: Sequence[str], after: Sequence[str], setting: Setting) -> list[Removal]:
    gone = Counter(before) - Counter(after)
    return [Removal(rule=rule.format(part=_repeated_part(text, setting)), text=text[:80]) for text in gone.elements()]


def _chars(paragraphs: Iterable[str]) -> int:
    return sum(map(len, paragraphs))


def _without_doubles(paragraphs: list[str], _: Setting) -> list[str]:
    """A paragraph twice in a row, and a text nearly all of whose longer paragraphs stand there twice, were
    extracted twice; other repetitions (recipes, results) are the article's own. Lines without a letter go,
    but for the marks of a break between two sections."""
    keys = [letters_only(text) for text in paragraphs]
    times = Counter(bare for bare in keys if len(bare) > _LONG_KEY)
    is_double = sum(count > 1 for count in times.values()) > _DOUBLE_SHARE * max(2, len(times))
    seen = (keys[:place] if is_double else keys[place - 1 : place] for place in range(len(keys)))
    kept = [
        text
        for text, bare, before in zip(paragraphs, keys, seen, strict=True)
        if (bare and bare not in before) or (not bare and _SECTION_BREAK.fullmatch(text))
    ]
    kept = [text for text, after in zip(kept, [*kept[1:], ""], strict=False) if not _is_cut_copy(text, after)]
    return kept[: next((len(kept) - n for n, text in enumerate(reversed(kept)) if letters_only(text)), 0)]


def _is_cut_copy(text: str, after: str) -> bool:
    """Whether a paragraph is the beginning of the next, as a teaser is that stands above the text."""
    bare = letters_only(text)
    return len(bare) >= _CUT_KEY and len(text) < len(after) and letters_only(after).startswith(bare)


def _without_head_lines(paragraphs: list[str], setting: Setting) -> list[str]:
    """Headline, dek, byline and date repeated above the text."""
    head = [text for text in paragraphs[:_HEAD_LINES] if not is_head_line(text, setting)]
    return head + paragraphs[_HEAD_LINES:]


def is_head_line(text: str, setting: Setting) -> bool:
    """Whether the page's head says this line already."""
    return _repeated_part(text, setting) is not None


def _repeated_part(text: str, setting: Setting) -> str | None:
    """The part of the page's head that the line repeats, a key of `_HEAD_PARTS`; None: no part."""
    return next((part for part, repeats in _HEAD_PARTS.items() if repeats(text, setting)), None)


def _repeats_title(text: str, setting: Setting) -> bool:
    bare = letters_only(text)
    for title in (setting.title, *setting.titles):
        known = letters_only(title)
        if bare == known or (len(known) > 20 and len(text) < 300 and likeness(text, title) >= 0.8):
            return True
        if len(known) > _TITLE_KEY and _is_kicked(bare, known) and not SENTENCE_END.search(text):
            return True
    return False


def _is_kicked(bare: str, title: str) -> bool:
    """Whether a line is the title behind a kicker, or before a name."""
    return len(bare) <= 2 * len(title) and (bare.endswith(title) or bare.startswith(title))


def _repeats_dek(text: str, setting: Setting) -> bool:
    return bool(setting.dek) and letters_only(text) == letters_only(setting.dek or "")


def _is_byline(text: str, setting: Setting) -> bool:
    rest = letters_only(text)
    named = [letters_only(author) for author in setting.authors if letters_only(author) in rest]
    for name in named:
        rest = rest.replace(name, "")
    return bool(named) and len(text) < 120 and len(rest) <= 25 and not SENTENCE_END.search(text)


def _is_dateline(text: str, _: Setting) -> bool:
    if len(text) >= 120 or not any(character.isdigit() for character in text):
        return False
    return bool(DATELINE.match(text)) or (len(text) < 60 and bool(BARE_DATE.match(text)))


def _without_furniture(paragraphs: list[str], _: Setting) -> list[str]:
    return [text for text in paragraphs if not is_furniture(text)]


def is_furniture(text: str) -> bool:
    """Whether a line points elsewhere, asks for something, or names a picture's owner."""
    if len(text) < 60 and LABEL.match(text):
        return True
    if len(text) < 160 and SHARE_ROW.match(text):
        return True
    if len(text) < 60 and SHARE_CALL.search(text) and not SENTENCE_END.search(text):
        return True
    if len(text) < 250 and (READ_ALSO.match(text) or CREDIT.match(text)):
        return True
    return is_embed_consent(text) or (len(text) < 220 and is_call(text) and not _is_quoted(text))


def _is_quoted(text: str) -> bool:
    """Somebody says it in the article."""
    return bool(re.match(r"^\W*[“\"„«‘]", text))


def _without_tail(paragraphs: list[str], setting: Setting) -> list[str]:
    """Author bios, bylines, longer calls and stray headings below the text."""
    kept = list(paragraphs)
    start = max(1, len(kept) - _TAIL_LINES)
    tail = [text for text in kept[start:] if not _is_tail_line(text, setting)]
    return kept[:start] + tail


def _is_tail_line(text: str, setting: Setting) -> bool:
    asks = (len(text) < 400 and is_call(text) and not _is_quoted(text)) or is_last_call(text)
    is_of_head = _is_byline(text, setting) or _is_dateline(text, setting) or _repeats_title(text, setting)
    return asks or is_of_head or _is_bio(text, setting)


def _is_bio(text: str, setting: Setting) -> bool:
    """`Ada Writer is a reporter …`: opens with an author's name and says what they do."""
    opening = letters_only(text[:80])
    named = any(
        opening.startswith(letters_only(author)) for author in setting.authors if len(letters_only(author)) > 4
    )
    return named and len(text) < 700 and bool(_BIO.search(text))


_HEAD_PARTS: dict[str, Callable[[str, Setting], bool]] = {
    "headline": _repeats_title,
    "standfirst": _repeats_dek,
    "byline": _is_byline,
    "date": _is_dateline,
}
_BY = "removed by paragraph rules: "
_HEAD_RULE = f"{_BY}it repeats the {{part}}"
_RULES: dict[str, Callable[[list[str], Setting], list[str]]] = {
    f"{_BY}it stands there twice, or holds no letter": _without_doubles,
    _HEAD_RULE: _without_head_lines,
    f"{_BY}a link to other pages, a call to act, a label or a picture credit": _without_furniture,
    f"{_BY}an author bio, byline or call below the text": _without_tail,
}
"""The rules in their order, by the sentence that `newsdesk explain` prints of a paragraph that they remove; `{part}`
is a key of `_HEAD_PARTS`."""
