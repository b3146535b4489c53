"""What people write to name an article, the articles that it may mean, and the texts of an article's versions."""

from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.article import Cause, Completeness
from schemas.items.link import Precision


class Spelling(NamedTuple):
    """A URL that a text may mean, and its canonical form."""

    url: str
    form: str


class Reference(NamedTuple):
    """A text as names of an article. `id_start`: the first hexadecimal digits of an article_id, with its hyphens
    (None: the text is no id); `urls`: in the order in which they are tried, empty: it is no URL; `words`: what is
    looked for in headlines, case folded."""

    text: str
    id_start: str | None = None
    urls: tuple[Spelling, ...] = ()
    host: str | None = None
    words: tuple[str, ...] = ()


class ArticleMatch(BaseModel):
    """An article that a person may mean. `published_precision`: how exactly `published_at` is known."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    source: str
    title: str
    canonical_url: str
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    fetched_at: AwareDatetime
    version: int


class Matches(NamedTuple):
    """`meant`: the articles that the text names; one where it is unique. `near`: where it names none, those that come
    closest, the closest first."""

    meant: tuple[ArticleMatch, ...]
    near: tuple[ArticleMatch, ...] = ()


class VersionText(BaseModel):
    """One version of an article with its text; None: the publisher did not say. `outlet`: name of the source, None if
    it never had a file. Paragraphs of `body` are separated by
    one empty line. Times are UTC."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID
    version: int
    source: str
    outlet: str | None = None
    url: str
    canonical_url: str
    title: str
    dek: str | None = None
    authors: tuple[str, ...] = ()
    published_at: AwareDatetime | None = None
    published_precision: Precision | None = None
    modified_at: AwareDatetime | None = None
    modified_precision: Precision | None = None
    language: str | None = None
    completeness: Completeness
    word_count: int
    capture_id: UUID
    fetched_at: AwareDatetime
    cause: Cause | None = None
    compared_with: int | None = None
    changed_fields: tuple[str, ...] = ()
    words_added: int | None = None
    words_removed: int | None = None
    body: str

    @property
    def whole_text(self) -> str:
        """Headline, standfirst and body, separated by empty lines."""
        return "\n\n".join(part for part in (self.title, self.dek, self.body) if part)
