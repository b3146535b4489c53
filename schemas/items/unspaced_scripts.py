"""Scripts that are written without spaces, and the words of a text in any script."""

import re

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""A character of a script that is written without spaces: Thai, Lao, Burmese, Khmer, kana, han."""
_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The words in order, case folded; each character of a script without spaces is a word."""
    folded = text.casefold()
    if UNSPACED.search(folded):
        folded = UNSPACED.sub(r" \g<0> ", folded)
    return _WORD.findall(folded)
