"""Kin: what is compared of two pages of a source to tell whether they are one article."""

from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.identity import IdentityRule
from schemas.items.article import Article, Completeness
from schemas.items.link import Precision


class Kin(BaseModel):
    """A version, by the article that it is now; `page_id` is the page that it was read from."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    page_id: UUID
    canonical_url: str
    source: str
    title: str
    body_hash: str
    fingerprint: str | None = None
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    authors: tuple[str, ...] = ()
    completeness: Completeness
    word_count: int

    @classmethod
    def of(cls, article: Article, page_id: UUID) -> Self:
        """What is compared of an article that is loaded."""
        same = cls.model_fields.keys() & type(article).model_fields.keys() - {"page_id"}
        return cls(**{name: getattr(article, name) for name in same}, page_id=page_id)


class KnownIdentity(BaseModel):
    """What ops.identities says of a page."""

    model_config = ConfigDict(frozen=True)

    page_id: UUID
    page_url: str
    article_id: UUID
    canonical_url: str
    source: str
    rule: IdentityRule
