"""Names in scripts without capitals, where punctuation or a word beside them tells that they are names."""

import re
from collections.abc import Iterator

from schemas.items.mention import MentionKind
from schemas.items.unspaced_scripts import UNSPACED
from tasks.pure.stories.mentions.gazetteer import Gazetteer, KnownName
from tasks.pure.stories.mentions.signs import NameSigns

Spot = tuple[str, str, MentionKind]
"""Text, name, kind."""
_TITLE_MARKS = re.compile(r"《([^《》\n]{2,30})》|『([^『』\n]{2,30})』")
"""The punctuation of Chinese and Japanese for titles of works (GB/T 15834, 4.15)."""
_QUOTED = re.compile(r"[“\"«「„]([^“”\"«»「」„\n.,!?،؟。、！？；：:;]{2,30})[”\"»」“]")
_QUOTED_WORDS = 3
_HAN, _KATAKANA = "\u3400-\u4dbf\u4e00-\u9fff々", "\u30a1-\u30fa\u30fc"
_DOTTED_KATAKANA = f"[{_KATAKANA}]+(?:[・＝][{_KATAKANA}]+)+"
_DOTTED_HAN = f"(?<![{_HAN}·•‧])[{_HAN}]{{1,3}}(?:[·•‧][{_HAN}]{{1,6}}?)+"
"""Foreign names: parts with a middle dot between them. In han, other words may stand before and behind them, so that
a sign must stand before, and a title behind; four characters may be a title and a first name."""
_RUN_BEFORE = "[\u4e00-\u9fff々]{1,4}|[\u30a1-\u30fa\u30fc]{2,12}"
_NO_LETTER = r"\s!-@\[-`{-~।॥،؟؛…“”„«»‘’–—·「」、。，"
_SPACED = re.compile(rf"[^{_NO_LETTER}]+(?:['\"][^{_NO_LETTER}]+)*")
"""By what is no letter: to Python's `\\w` a vowel sign of Devanagari ends a word."""
_CLITICS = "وبلفك"
"""Arabic and, by, for, so and as, written on to the next word."""
_CLITIC_LETTERS = 4
_CLITICS_AT_MOST = 2
_PARTICLES = frozenset(
    [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "에서",
        "에게",
        "와",
        "과",
        "로",
        "으로",
        "도",
        "만",
        "까지",
        "부터",
        "에는",
        "에서는",
        "와의",
        "과의",
        "이나",
        "인",
        "서",
    ]
)
"""Korean ones, written on to the word before."""


def spotted(text: str, known: Gazetteer, language: str, its: NameSigns) -> Iterator[Spot]:
    """What the text names, as often as it does."""
    yield from _spaced(text, known, language)
    yield from _unspaced(text, known)
    for match in _TITLE_MARKS.finditer(text):
        named = (match[1] or match[2]).strip()
        yield named, named.casefold(), MentionKind.NAME
    yield from _dotted(text, its)
    yield from _before(text, its)
    yield from _quoted(text)


def _spaced(text: str, known: Gazetteer, language: str) -> Iterator[Spot]:
    words = _SPACED.findall(text)
    place = 0
    while place < len(words):
        word = words[place]
        if UNSPACED.match(word):
            place += 1
            continue
        taken, found = _longest(words, place, known)
        for _ in range(_CLITICS_AT_MOST if language == "ar" else 0):
            if not found and word[0] in _CLITICS and len(word) > _CLITIC_LETTERS:
                word = word[1:]
                taken, found = _longest([word, *words[place + 1 : place + 5]], 0, known)
        if not found and language == "ko":
            found = _with_particle(word, known)
        if found:
            yield found[0], found[1].name, found[1].kind
        place += max(taken, 1)


def _longest(words: list[str], place: int, known: Gazetteer) -> tuple[int, tuple[str, KnownName] | None]:
    for size in range(known.words.get(words[place], 1), 0, -1):
        text = " ".join(words[place : place + size])
        if text in known.known:
            return size, (text, known.known[text])
    return 1, None


def _with_particle(word: str, known: Gazetteer) -> tuple[str, KnownName] | None:
    for size in range(len(word) - 1, 1, -1):
        if word[size:] in _PARTICLES and word[:size] in known.known:
            return word[:size], known.known[word[:size]]
    return None


def _unspaced(text: str, known: Gazetteer) -> Iterator[Spot]:
    place = 0
    while place < len(text):
        lengths = known.lengths.get(text[place : place + 2], ())
        size = next((len(its) for size in lengths if (its := text[place : place + size]) in known.known), 0)
        if size and not _is_within_kana(text, place, size):
            entry = known.known[text[place : place + size]]
            yield text[place : place + size], entry.name, entry.kind
        place += size or 1


def _is_within_kana(text: str, place: int, size: int) -> bool:
    """A word in katakana ends where the katakana do."""
    before, behind = text[place - 1 : place], text[place + size : place + size + 1]
    edges = ((before, text[place]), (text[place + size - 1], behind))
    return any(_is_katakana(one) and _is_katakana(other) for one, other in edges)


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30fc"


def _dotted(text: str, its: NameSigns) -> Iterator[Spot]:
    after = "|".join(map(re.escape, sorted(its.after, key=len, reverse=True))) or "(?!)"
    for match in re.finditer(f"({_DOTTED_KATAKANA})({after})?|({_DOTTED_HAN})(?:{after})", text):
        named = match[1] or match[3]
        yield named, named, MentionKind.PERSON if match[2] or match[3] else MentionKind.NAME


def _before(text: str, its: NameSigns) -> Iterator[Spot]:
    """Who has a title behind the name. A longer run of han may hold more than the name: it tells nobody."""
    if not its.after:
        return
    after = "|".join(map(re.escape, sorted(its.after, key=len, reverse=True)))
    for match in re.finditer(rf"(?<![{_HAN}{_KATAKANA}·•‧・＝])({_RUN_BEFORE})(?:{after})", text):
        if len(match[1]) > 1:
            yield match[1], match[1], MentionKind.PERSON
    for match in re.finditer(rf"(?<!\w)([\uac00-\ud7af]{{2,4}}) ?(?:{after})(?=\W|[은는이가를의와도]|$)", text):
        yield match[1], match[1], MentionKind.PERSON


def _quoted(text: str) -> Iterator[Spot]:
    """What stands in quotes and at another place, too: a name, not what somebody said."""
    for match in _QUOTED.finditer(text):
        named = match[1].strip()
        if len(named.split()) <= _QUOTED_WORDS and text.count(named) > 1 and not named.isascii():
            yield named, named.casefold(), MentionKind.NAME
