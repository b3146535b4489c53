"""What is compared of two pages of a source to tell whether they are one article."""

from hashlib import sha256
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.identity import IdentityRule
from schemas.items.article import Article, Completeness
from schemas.items.link import Precision


class IdentityCandidate(BaseModel):
    """A version that another page may be a copy of.

    `article_id` is the article that it belongs to now, `page_id` the page that it was extracted from. `text_hash` is
    the SHA-256 (hex) of its body; None: not looked up. `groups` and `grams` are those of main.text_samples; no grams:
    its text has no sample yet."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    page_id: UUID
    canonical_url: str
    source: str
    title: str
    body_hash: str
    groups: int = 0
    grams: tuple[int, ...] = ()
    text_hash: str | None = None
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    authors: tuple[str, ...] = ()
    completeness: Completeness
    word_count: int

    @classmethod
    def of(cls, article: Article, page_id: UUID, groups: int, grams: tuple[int, ...]) -> Self:
        """The candidate that an article of the batch, with this sample, is for the pages after it."""
        same = cls.model_fields.keys() & type(article).model_fields.keys() - {"page_id"}
        its = {name: getattr(article, name) for name in same}
        return cls(**its, page_id=page_id, text_hash=text_hash(article.body), groups=groups, grams=grams)


def text_hash(body: str) -> str:
    """SHA-256 (hex) of a body alone; DuckDB's `sha256(body)` gives the same."""
    return sha256(body.encode("utf-8", "replace")).hexdigest()


class KnownIdentity(BaseModel):
    """What ops.identities says of a page."""

    model_config = ConfigDict(frozen=True)

    page_id: UUID
    page_url: str
    article_id: UUID
    canonical_url: str
    source: str
    rule: IdentityRule
