"""The seam between the index and what holds its words: SQLite FTS5, or tantivy for many articles."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from schemas.history.search import Query

RANKED_AT_MOST = 200_000
"""So many of the latest matches are ranked, where ranking all would take seconds."""
TITLE_WEIGHT, STEM_WEIGHT = 4.0, 0.5
"""Of a word in the title, and of an Arabic word without its particles; a word of the text has 1."""


class IndexRules(Protocol):
    """Functions without side effects: what of a text is indexed. The project's are `tasks.pure.search.terms`."""

    @property
    def VERSION(self) -> int:
        """Of the rules: an index of others is made anew."""

    def index_text(self, text: str, /) -> str:
        """The terms of the text in order, between spaces."""

    def stem_text(self, text: str, /) -> str:
        """Further terms under which it is found."""


class Words(NamedTuple):
    """What one version of an article is found by: terms between spaces. `at`: epoch seconds of its publication, else
    of its first fetch. `language`: as `en`."""

    doc_id: int
    title: str
    body: str
    stems: str
    at: float
    source_id: int
    language: str | None


class Narrowed(NamedTuple):
    """What a hit must be besides; None: anything. `since`, `until`: epoch seconds, the latter excluded. `articles`:
    their article_ids."""

    since: float | None = None
    until: float | None = None
    sources: tuple[int, ...] | None = None
    language: str | None = None
    section: str | None = None
    articles: tuple[str, ...] | None = None
    is_all_versions: bool = False
    after_doc: int = 0


class Ranked(NamedTuple):
    """The best doc_ids with their scores, best first, at most as many as were asked for. `ranked_at_most`: only so
    many of the latest matches were ranked."""

    docs: tuple[tuple[int, float], ...]
    ranked_at_most: int | None = None


class Engine(Protocol):
    """Holds the words. Its changes are kept by `commit`, which the index calls before its own."""

    @property
    def name(self) -> str:
        """`fts5` or `tantivy`."""

    def add(self, docs: Sequence[Words]) -> None:
        """Add documents; the same again changes nothing."""

    def remove(self, docs: Sequence[Words]) -> None:
        """Remove documents with their words; `docs` as they were added."""

    def commit(self) -> None:
        """Keep what was added and removed."""

    def erase(self) -> bool:
        """Leave nothing of removed documents in the files. False: it then has no documents at all, and the others are
        to be added again."""

    def ranked(self, query: Query, narrowed: Narrowed, limit: int) -> Ranked:
        """The best hits of a query."""

    def matches(self, query: Query) -> Iterator[int]:
        """Every doc_id that the query finds, in no order."""

    def check(self) -> None:
        """Raises `DamagedIndexError` where its files are damaged."""

    def close(self) -> None:
        """Close it; what was not committed is lost."""
