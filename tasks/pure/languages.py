"""The language of a text: the text decides, hints settle a tie, and no answer is better than a wrong one."""

import re

import py3langid

from tasks.pure.texts import UNSPACED

_LETTERS = re.compile(r"[^\W\d_]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_CHARS_READ = 2500
_LETTERS_NEEDED = 40
_DENSE_NEEDED = 12
_CLEAR = 15.0
"""Nats between the best and the second best: below it, Russian and Bulgarian sentences change places."""
_SAME = {"nb": "no", "nn": "no"}


def detect_language(text: str, hints: tuple[str | None, ...] = ()) -> str | None:
    """ISO 639 code of the text's language, or None: too short, or undecided between languages none of
    which a hint (BCP 47: the page's `lang`, the feed's, the outlet's; best first) names."""
    sample = text[:_CHARS_READ]
    letters = len(_LETTERS.findall(sample))
    dense = len(UNSPACED.findall(sample)) + len(_HANGUL.findall(sample))
    needed = _DENSE_NEEDED if dense * 2 > letters else _LETTERS_NEEDED
    if letters < needed:
        return None
    ranked = py3langid.rank(sample)
    best, best_score = ranked[0]
    close = [code for code, score in ranked[:6] if best_score - score < _CLEAR]
    if len(close) == 1:
        return str(best)
    named = [_code(hint) for hint in hints if hint]
    return next((str(code) for hint in named for code in close if _same(str(code), hint)), None)


def _code(tag: str) -> str:
    return re.split(r"[-_]", tag.strip().lower())[0]


def _same(one: str, other: str) -> bool:
    return _SAME.get(one, one) == _SAME.get(other, other)
