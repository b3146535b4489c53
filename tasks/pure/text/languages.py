"""Detects the language of a text: the text decides, hints settle a tie; unknown is better than wrong."""

import re

import py3langid

from schemas.items.unspaced_scripts import UNSPACED

_NUMBER = re.compile(r"\d++(?:[^\w\s]++\d++)*+")
"""py3langid takes numbers for letters of a language: a sentence above a table of them is `vo` or `zxx`."""
_CHARS_AT_MOST = 50_000
_LETTERS = re.compile(r"[^\W\d_]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_CHARS_READ = (350, 700, 2500)
"""First lines decide most texts; reading more takes longer in proportion."""
_LETTERS_NEEDED = 40
_DENSE_NEEDED = 12
_CLEAR = 15.0
"""Nats between the best and the second best: below it, Russian and Bulgarian sentences change places."""
_NO_LANGUAGE = "zxx"
"""py3langid returns it for short lines of names or numbers."""
_SAME = {"nb": "no", "nn": "no"}


def detect_language(text: str, hints: tuple[str | None, ...] = ()) -> str | None:
    """ISO 639 code of the text's language, or None: too short, or undecided between languages none of
    which a hint (BCP 47: the page's `lang`, the feed's, the outlet's; best first) names. `zxx` for a text
    without words, unless two or more hints agree."""
    words = _NUMBER.sub(" ", text[:_CHARS_AT_MOST])
    for chars in _CHARS_READ:
        ranked = _ranked(words[:chars])
        if len(ranked) == 1 and ranked[0] != _NO_LANGUAGE:
            return ranked[0]
    named = [_code(hint) for hint in hints if hint]
    if ranked == [_NO_LANGUAGE]:
        return named[0] if len(named) > 1 and len(set(named)) == 1 else _NO_LANGUAGE
    return next((code for hint in named for code in ranked if _same(code, hint)), None)


def _ranked(sample: str) -> list[str]:
    """The languages that the sample may be in, best first; none where it is too short."""
    letters = len(_LETTERS.findall(sample))
    dense = len(UNSPACED.findall(sample)) + len(_HANGUL.findall(sample))
    needed = _DENSE_NEEDED if dense * 2 > letters else _LETTERS_NEEDED
    if letters < needed:
        return []
    ranked = py3langid.rank(sample)[:6]
    return [str(code) for code, score in ranked if ranked[0][1] - score < _CLEAR]


def _code(tag: str) -> str:
    return re.split(r"[-_]", tag.strip().lower())[0]


def _same(one: str, other: str) -> bool:
    return _SAME.get(one, one) == _SAME.get(other, other)
