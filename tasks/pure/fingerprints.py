"""Fingerprints of a text: its hash, its simhash, its words."""

import hashlib
import re
import unicodedata

from schemas.scripts import UNSPACED

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_WITHOUT = tuple(bytes(byte for byte in range(256) if not byte >> bit & 1) for bit in range(8))
"""For each bit the bytes that do not have it, so that those of many bytes that do are counted at once."""


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
    grams = [gram.encode("utf-8", "replace") for gram in _grams(text)]
    hashes = b"".join([hashlib.blake2b(gram, digest_size=8).digest() for gram in grams])
    return bytes(_majorities(hashes[place::8]) for place in range(8)).hex()


def _majorities(column: bytes) -> int:
    """The byte whose bits are those that more than half of the bytes have set."""
    counts = (len(column.translate(None, without)) for without in _WITHOUT)
    return sum(1 << bit for bit, count in enumerate(counts) if count * 2 > len(column))


def _grams(text: str) -> set[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = UNSPACED.sub(r" \g<0> ", folded)
    tokens = re.findall(r"\w+", folded)
    if len(tokens) < 3:
        return {" ".join(tokens)}
    return {f"{one} {two} {three}" for one, two, three in zip(tokens, tokens[1:], tokens[2:], strict=False)}
