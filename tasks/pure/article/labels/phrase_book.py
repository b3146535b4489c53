"""The phrases of all languages, and where a text has one of them."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from tasks.pure.article.labels.phrase import Phrase, fold
from tasks.pure.article.labels.phrase_file import LISTS, read_phrase_file
from tasks.pure.text.clean import one_line

_SHOWN_CHARS = 80


class FoundPhrase(NamedTuple):
    """Words of a text that are a phrase, and the language of that phrase (BCP 47)."""

    words: str
    language: str

    def at(self, where: str) -> str:
        """As evidence: `text: 'Nur für Abonnenten' (de)`."""
        return f"{where}: {one_line(self.words)[:_SHOWN_CHARS]!r} ({self.language})"


class PhraseBook:
    """The phrases by list (`paywall.texts`) of all languages. The language of a page is not asked for: pages name a
    wrong one, and walls are often in another."""

    def __init__(self, phrases: Mapping[str, tuple[Phrase, ...]]) -> None:
        self._phrases = phrases

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a file."""
        return frozenset(one.language for phrases in self._phrases.values() for one in phrases)

    def of(self, name: str) -> tuple[Phrase, ...]:
        """The phrases of one list."""
        return self._phrases[name]

    def first(self, name: str, text: str) -> FoundPhrase | None:
        """A phrase of the list that stands anywhere in the text."""
        return next(self.every(name, text), None)

    def every(self, name: str, text: str) -> Iterator[FoundPhrase]:
        """The phrases of the list that stand in the text, each once."""
        folded = fold(text)
        for phrase in self._phrases[name]:
            if words := phrase.search(text, folded):
                yield FoundPhrase(words, phrase.language)

    def whole(self, name: str, text: str) -> FoundPhrase | None:
        """The phrase of the list that is the whole text."""
        folded = fold(text)
        said = (one for one in self._phrases[name] if one.is_all_of(text, folded))
        return next((FoundPhrase(text, one.language) for one in said), None)


def read_phrase_book(folder: Traversable) -> PhraseBook:
    """The phrases of all files `LANGUAGE.toml` of the folder; raises `SettingsError` as `read_phrase_file` does."""
    phrases: dict[str, list[Phrase]] = {f"{table}.{name}": [] for table, names in LISTS.items() for name in names}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            language = file.name.removesuffix(".toml")
            for name, its in read_phrase_file(file.read_text("utf-8"), language, file.name).items():
                phrases[name] += its
    return PhraseBook({name: tuple(its) for name, its in phrases.items()})


@cache
def phrase_book() -> PhraseBook:
    """The phrases that the package brings, read once."""
    return read_phrase_book(files(__package__) / "phrases")
