"""Hash, simhash and word count of a text."""

import hashlib
import re
import unicodedata
from itertools import accumulate

from schemas.items.unspaced_scripts import UNSPACED

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_TOKEN = re.compile(r"\w+")
_BETWEEN_TOKENS = {place: " " for place in range(128) if not re.match(r"\w", chr(place))}


def body_hash(title: str, body: str) -> str:
    """SHA-256 (hex) of title and body in NFC with every run of white space as one space."""
    folded = " ".join(unicodedata.normalize("NFC", f"{title}\n{body}").split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()


def word_count(text: str) -> int:
    """Words; in scripts without spaces two characters count as one word (rounded up)."""
    unspaced = 0 if text.isascii() else len(UNSPACED.findall(text))
    spaced = UNSPACED.sub(" ", text) if unspaced else text
    return len(_WORD.findall(spaced)) + (unspaced + 1) // 2


def simhash(text: str) -> str:
    """64-bit simhash (16 hex digits) of the text's word 3-grams, in scripts without spaces of its
    character 3-grams; case and punctuation do not count. Similar texts differ in few bits (Charikar 2002)."""
    hashes = b"".join([hashlib.blake2b(gram, digest_size=8).digest() for gram in _grams(text)])
    return bytes(_majorities(hashes[place::8]) for place in range(8)).hex()


def _majorities(column: bytes) -> int:
    """The byte whose bits are those that more than half of the bytes have set."""
    number, lowest = int.from_bytes(column), int.from_bytes(b"\x01" * len(column))
    counts = ((number >> bit & lowest).bit_count() for bit in range(8))
    return sum(1 << bit for bit, count in enumerate(counts) if count * 2 > len(column))


def _grams(text: str) -> set[bytes]:
    """The word 3-grams in UTF-8, as slices of one text: joining each takes longer than hashing it."""
    folded = text.casefold()
    if not folded.isascii():
        folded = UNSPACED.sub(r" \g<0> ", folded)
    tokens = folded.translate(_BETWEEN_TOKENS).split() if folded.isascii() else _TOKEN.findall(folded)
    joined = " ".join(tokens).encode("utf-8", "replace")
    ends = list(accumulate(map(len, joined.split(b" "))))
    if len(ends) < 3:
        return {joined}
    spans = zip([0, *ends], ends[2:], strict=False)
    return {joined[start + number : end + number + 2] for number, (start, end) in enumerate(spans)}
