"""What people look for in the articles, and what is found."""

from typing import NamedTuple, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.link import Precision


class WantedTerms(NamedTuple):
    """Terms that stand one behind the other: a word, or a phrase. `is_begun`: the last is the beginning of a term."""

    terms: tuple[str, ...]
    is_begun: bool = False


class AllOf(NamedTuple):
    """What has every part, and none of `without`."""

    parts: tuple["Query", ...]
    without: tuple["Query", ...] = ()


class AnyOf(NamedTuple):
    """What has at least one part."""

    parts: tuple["Query", ...]


Query: TypeAlias = WantedTerms | AllOf | AnyOf


class SearchFilters(BaseModel):
    """What a hit must be besides. `since` and `until` (UTC, the latter excluded) are of the publication, else of the
    first fetch. `language`: as `en`, which `en-GB` is too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    sources: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    is_all_versions: bool = False


class Passage(BaseModel):
    """A piece of a text, and in it the places of the words that were looked for: (start, end) in characters, in
    order. Cut pieces begin or end with "…"."""

    model_config = ConfigDict(frozen=True)

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class SearchHit(BaseModel):
    """One version of an article that was found. `score`: BM25, higher is nearer; comparable within one answer. Times
    are UTC; None: the publisher did not say."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    is_newest: bool
    score: float
    source: str
    url: str
    title: str
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    fetched_at: AwareDatetime
    language: str | None = None
    section: str | None = None
    headline: Passage = Field(description="The title with its marks.")
    passage: Passage = Field(description="The passage of the text with most of the words.")


class SearchAnswer(BaseModel):
    """The hits, best first. `ranked_at_most`: only so many of the latest matches were ranked, as there are more;
    None: all were. `has_more`: there are more hits than were asked for. `articles`: versions in the index. `notes`:
    what was done to the index before."""

    model_config = ConfigDict(frozen=True)

    query: str
    hits: tuple[SearchHit, ...]
    has_more: bool
    ranked_at_most: int | None = None
    articles: int
    engine: str
    notes: tuple[str, ...] = ()


class IndexCheck(BaseModel):
    """What a comparison of the index with the warehouse found: versions in the warehouse, versions that the index
    lacks, has beside, or has under another source or as newest wrongly; words looked for, and those whose hits differ
    from a scan."""

    model_config = ConfigDict(frozen=True)

    versions: int
    lacking: int
    beside: int
    differing: int
    words: int
    words_differing: tuple[str, ...] = ()
    damage: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether the index is as it must be."""
        return not (self.lacking or self.beside or self.differing or self.words_differing or self.damage)

    def lines(self) -> list[str]:
        """What was found, in words."""
        found = [
            f"{self.versions:,} versions in the warehouse; the index lacks {self.lacking:,}, "
            f"has {self.beside:,} beside and {self.differing:,} differing",
            f"{self.words} words compared with a scan of all texts: {len(self.words_differing)} differ",
        ]
        found += [f"hits of {word!r} differ" for word in self.words_differing]
        found += [self.damage] if self.damage else []
        return [*found, "the index is whole" if self.is_good else "make it anew: newsdesk search --rebuild"]
