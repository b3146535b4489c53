"""What the front page and its pages tell: stories, the newest articles, revisions and sources of a period."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.history.story_answers import StoryLine


class FrontRow(BaseModel):
    """A row that a page shows. None: the publisher did not say, or the archive does not know."""

    model_config = ConfigDict(frozen=True)


class Period(FrontRow):
    """From `since` up to and without `until` (UTC). `day`: the calendar day that it is, None where it is the 24 hours
    before `until`."""

    since: AwareDatetime
    until: AwareDatetime
    day: date | None = None


class FrontTotals(FrontRow):
    """What the warehouse has: all articles, those of the period with their sources and stories, and the instant of
    the newest article of all (None: there is none)."""

    articles: int
    articles_of_period: int
    sources_of_period: int
    stories_of_period: int
    newest_at: AwareDatetime | None = None


class FrontArticle(FrontRow):
    """An article in its latest version. `at`: when it was published; `at_by` says whence that is known: `published`
    (the publisher's time), `day` (the publisher gives a day alone), `fetched` (the publisher gives no date: the first
    fetch), `ahead` (the publisher gives a later time than the first fetch, which stands instead). `duplicate_of`:
    the article whose text it has. `versions`: of its text, so far."""

    article_id: UUID
    story_id: UUID | None = None
    source: str
    title: str
    dek: str | None = None
    url: str
    language: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    at: AwareDatetime
    at_by: str
    published_at: AwareDatetime | None = None
    completeness: str | None = None
    duplicate_of: UUID | None = None
    copy_kind: str | None = None
    versions: int = 1


class Revision(FrontRow):
    """A later version of an article and the version that it is compared with. `at`: when it was fetched (UTC)."""

    article_id: UUID
    source: str
    url: str
    language: str | None = None
    at: AwareDatetime
    version: int
    title_before: str
    title_after: str
    dek_before: str = ""
    dek_after: str = ""
    body_before: str
    body_after: str


class FrontCarried(FrontRow):
    """One source that carries texts of another; `median_delay_s`: None where no text has a time of day at both."""

    first_source: str
    carried_by: str
    texts: int
    median_delay_s: float | None = None
    agencies: tuple[str, ...] = ()


class FrontSource(FrontRow):
    """The health of one source. `articles_7d` and `articles_7d_before`: loaded in the last seven days and in the
    seven before."""

    source: str
    health: str | None = None
    health_since: AwareDatetime | None = None
    health_evidence: str | None = None
    last_article_ok_at: AwareDatetime | None = None
    feeds_ok: int
    feeds_failing: int
    failing: tuple[str, ...] = ()
    articles: int
    articles_24h: int
    articles_7d: int
    articles_7d_before: int
    next_poll_at: AwareDatetime | None = None


class Attention(FrontRow):
    """The articles of one source, language or section (`by_what`) on one day (UTC), and their share of all articles
    of that day, 0 to 1."""

    by_what: str
    name: str
    day: date
    articles: int
    share: float


class RisingTerm(FrontRow):
    """A word of headlines, the headlines of the period that have it, their sources, and the mean of headlines a day
    (`before`) in the 28 days before; the newest headline with its URL."""

    language: str | None = None
    term: str
    texts: int
    sources: int
    before: float
    headline: str = ""
    url: str = ""


class FrontFinding(FrontRow):
    """An open finding. `source` None: about all sources."""

    severity: str
    source: str | None = None
    code: str
    message: str
    since: AwareDatetime | None = None


class FrontPage(FrontRow):
    """All that the pages of a period show. `names`: of the sources, by slug. `asked`: the SQL of each answer, with
    its values written in, by the name of the answer."""

    period: Period
    totals: FrontTotals
    names: Mapping[str, str]
    stories: tuple[StoryLine, ...]
    told: tuple[FrontArticle, ...]
    titles: tuple[Revision, ...]
    newest: tuple[FrontArticle, ...]
    revisions: tuple[Revision, ...]
    carried: tuple[FrontCarried, ...]
    sources: tuple[FrontSource, ...]
    findings: tuple[FrontFinding, ...]
    attention: tuple[Attention, ...]
    terms: tuple[RisingTerm, ...]
    asked: Mapping[str, str]
