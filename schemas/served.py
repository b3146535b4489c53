"""What `newsdesk serve` and `newsdesk mcp` answer."""

from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.items.article import Completeness
from schemas.items.link import Precision


class ServedCapture(BaseModel):
    """Where the bytes of the page lie that a version was read from."""

    model_config = ConfigDict(frozen=True)

    capture_id: UUID = Field(description="Key of the capture.")
    url: str = Field(description="The URL that answered.")
    fetched_at: AwareDatetime = Field(description="When it was fetched (UTC).")
    warc_file: str = Field(description="WARC file, below the archive.")
    warc_offset: int = Field(description="First byte of its record.")
    warc_digest: str = Field(description="SHA-256 of the decoded body.")


class ServedArticle(BaseModel):
    """An article as its site last said it, without the text. Times are UTC; null: the publisher did not say."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(description="Key of the article.")
    version: int = Field(description="Number of the version.")
    source: str = Field(description="Slug of the source.")
    url: str = Field(description="Canonical URL: cite this one.")
    title: str = Field(description="Headline.")
    dek: str | None = Field(None, description="Standfirst.")
    authors: tuple[str, ...] = Field((), description="People named as authors.")
    published_at: AwareDatetime | None = Field(None, description="First publication.")
    published_precision: Precision | None = Field(None, description="second or day.")
    fetched_at: AwareDatetime = Field(description="When this version was fetched.")
    language: str | None = Field(None, description="ISO 639 code.")
    section: str | None = Field(None, description="Section, as the publisher names it.")
    completeness: Completeness = Field(description="How much of the article the page gave.")
    word_count: int = Field(description="Words of the text.")
    duplicate_of: UUID | None = Field(None, description="The article whose text it has.")
    story_id: UUID | None = Field(None, description="The story that it is of.")
    capture_id: UUID = Field(description="The capture that it was read from.")


class ArticlePage(BaseModel):
    """Articles, newest first. `next`: what to give as `cursor` for those behind them; null: these are the last."""

    items: tuple[ServedArticle, ...]
    next: str | None = None


class ServedVersion(BaseModel):
    """A version of an article with its text, and where its bytes lie (null: the capture was forgotten)."""

    article_id: UUID
    version: int
    source: str
    outlet: str | None = None
    url: str = Field(description="Canonical URL: cite this one.")
    title: str
    dek: str | None = None
    body: str = Field(description="Text, paragraphs separated by one empty line.")
    authors: tuple[str, ...] = ()
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    modified_at: AwareDatetime | None = None
    fetched_at: AwareDatetime
    language: str | None = None
    completeness: Completeness
    word_count: int
    cause: str | None = None
    changed_fields: tuple[str, ...] = ()
    words_added: int | None = None
    words_removed: int | None = None
    capture: ServedCapture | None = None


class ServedSource(BaseModel):
    """A source and how it does."""

    source: str = Field(description="Its slug.")
    name: str | None = None
    homepage: str | None = None
    language: str | None = None
    articles: int = Field(description="Articles of it.")
    last_at: AwareDatetime | None = Field(None, description="When one was loaded first, the last time (UTC).")


class ServedTable(BaseModel):
    """A table, view or report."""

    name: str = Field(description="With its schema, as main.articles.")
    comment: str = Field(description="What one row is.")
    columns: tuple[str, ...]


class ServedRows(BaseModel):
    """Rows of a table or a query. `is_cut`: there are more than were given."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    is_cut: bool = False


class AskedQuery(BaseModel):
    """One SELECT over the schemas main, ops and reports."""

    query: str = Field(min_length=1, max_length=20_000, description="One SELECT.")
    limit: int = Field(200, ge=1, le=5_000, description="Rows at most.")


class ServedError(BaseModel):
    """What went wrong, in words."""

    kind: str
    message: str
