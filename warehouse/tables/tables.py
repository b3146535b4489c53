"""The tables of the warehouse and the types of their rows."""

from typing import NamedTuple

from pydantic import BaseModel

from schemas.history.copies import CopyDecision, CopyPair, CopyRow, TextSample
from schemas.history.event import Event
from schemas.history.identity import Identity, Retold, Undone
from schemas.history.published import Migration, Published
from schemas.history.rows import (
    ArticleAuthor,
    ArticleLink,
    ArticleRow,
    CaptureRow,
    LinkOut,
    Load,
    SourceFileState,
    SourceRow,
)
from schemas.history.stories import StoryArticle, StoryEvent, StoryRow, StorySeparation, StoryState, TermFrequency
from schemas.history.story_links import StoryLink, StoryLinkDecision, StoryLinkRound
from schemas.history.timeline import Moment
from schemas.items.article import ArticleVersion
from schemas.items.finding import Finding
from schemas.items.incident import Closing, Incident
from schemas.items.mention import MentionRow, VersionMentions
from schemas.items.outcome import Outcome
from schemas.items.site_page import PageSight, Wrapper
from schemas.runs.alert import Alert
from schemas.runs.backfill_plan import Backfill, Chunk
from schemas.runs.forget import ForgetRequest, ForgetResult, Tombstone
from schemas.runs.ledger import FeedState, Quarantined, Request
from schemas.runs.quarantine import QuarantineDrop
from schemas.runs.run import Run
from schemas.sources.health import HealthState
from schemas.sources.usual import SourceTally, Usual


class Table(NamedTuple):
    """A table. `is_small`: the reader file holds a copy of its rows instead of a view of its files."""

    schema: str
    name: str
    row: type[BaseModel]
    comment: str
    is_small: bool = False

    @property
    def full_name(self) -> str:
        """schema.table."""
        return f"{self.schema}.{self.name}"


class MacroName(NamedTuple):
    """A table macro."""

    schema: str
    name: str
    comment: str


TABLES = (
    Table("main", "article_versions", ArticleVersion, "One row is one version of one article."),
    Table("main", "text_samples", TextSample, "One row is the sample of the text of one version."),
    Table("main", "version_mentions", VersionMentions, "One row is what one version of one article mentions."),
    Table("main", "captures", CaptureRow, "One row is one WARC record: the archive's index."),
    Table("main", "links_out", LinkOut, "One row is one link in the body of one version of an article."),
    Table("ops", "outcomes", Outcome, "One row is what became of one URL in one run."),
    Table("ops", "requests", Request, "One row is one request that was sent."),
    Table("ops", "feed_states", FeedState, "One row is one observation of a feed or sitemap."),
    Table("ops", "quarantine", Quarantined, "One row is one record that broke a rule, whole."),
    Table("ops", "quarantine_drops", QuarantineDrop, "One row is one record in quarantine that a person dropped."),
    Table("ops", "findings", Finding, "One row is one broken expectation or event that a person should know."),
    Table("ops", "closings", Closing, "One row is the end of one incident.", is_small=True),
    Table("ops", "health_states", HealthState, "One row is one change of the health of one source.", is_small=True),
    Table("ops", "tallies", SourceTally, "One row is what one run loaded first of one source, in counts."),
    Table("ops", "usuals", Usual, "One row is what was learnt of one source, up to an instant."),
    Table("ops", "events", Event, "One row is one thing that happened to an article beside a change of its text."),
    Table("ops", "identities", Identity, "One row is one statement that a page is an article's, or no longer is."),
    Table(
        "ops", "copy_pairs", CopyPair, "One row is two versions of two articles that are alike, the later one first."
    ),
    Table("ops", "copy_decisions", CopyDecision, "One row is one decision on whose text an article's is."),
    Table(
        "ops",
        "story_link_decisions",
        StoryLinkDecision,
        "One row is one decision on whether two stories in two languages are linked.",
    ),
    Table("ops", "story_states", StoryState, "One row is one story after a load in which it changed."),
    Table(
        "ops", "story_events", StoryEvent, "One row is one decision about an article's story, or about two stories."
    ),
    Table(
        "ops",
        "story_separations",
        StorySeparation,
        "One row is one statement by a person that an article is not of another's story.",
        is_small=True,
    ),
    Table(
        "ops",
        "story_link_rounds",
        StoryLinkRound,
        "One row is one comparison of the stories that changed with those in other languages.",
        is_small=True,
    ),
    Table("ops", "term_frequencies", TermFrequency, "One row is what one load added to the articles with a term."),
    Table("ops", "site_blocks", PageSight, "One row is what one page of a site showed: slots, keys, what was kept."),
    Table("ops", "wrappers", Wrapper, "One row is one version of a site's wrapper, or a change of its state."),
    Table(
        "ops", "source_states", SourceFileState, "One row is what a source's file said, from a run on.", is_small=True
    ),
    Table("ops", "runs", Run, "One row is one run, written when it ends.", is_small=True),
    Table("ops", "loads", Load, "One row is one batch that was committed.", is_small=True),
    Table("ops", "backfills", Backfill, "One row is one decision about one backfill.", is_small=True),
    Table("ops", "plans", Chunk, "One row is one chunk of one backfill."),
    Table("ops", "forget_requests", ForgetRequest, "One row is one request to forget something.", is_small=True),
    Table("ops", "tombstones", Tombstone, "One row is one URL that is not fetched or loaded any more."),
    Table("ops", "forget_results", ForgetResult, "One row is one request to forget that was done.", is_small=True),
    Table("ops", "alerts", Alert, "One row is one message of an alert that was sent or given up.", is_small=True),
    Table("ops", "migrations", Migration, "One row is one migration that was applied.", is_small=True),
)

VIEWS = (
    Table(
        "ops",
        "incidents",
        Incident,
        "One row is one incident: the findings of one kind about one thing, up to the row that closed them.",
    ),
    Table("ops", "undone_identities", Undone, "One row is one page whose identity with another's was undone."),
    Table(
        "main",
        "article_timeline",
        Moment,
        "One row is one moment from which on an article said what a version says.",
    ),
    Table(
        "ops",
        "retold_articles",
        Retold,
        "One row is one article whose last version must be looked for among several.",
    ),
    Table("main", "copies", CopyRow, "One row is one article with a text that another article has, too, or had."),
    Table("main", "articles", ArticleRow, "One row is one article as its site last said it."),
    Table("main", "sources", SourceRow, "One row is one source that had a file in any run, as that said it last."),
    Table(
        "main",
        "article_authors",
        ArticleAuthor,
        "One row is one person named as author of one article, as its site last said it.",
    ),
    Table(
        "main",
        "article_links",
        ArticleLink,
        "One row is one link in the body of one article, as its site last said it.",
    ),
    Table(
        "main",
        "mentions",
        MentionRow,
        "One row is one name or quantity that one article mentions, as its site last said it.",
    ),
    Table(
        "main",
        "story_articles",
        StoryArticle,
        "One row is one article that has a story, with its story after all merges.",
    ),
    Table("main", "stories", StoryRow, "One row is one story: the articles of one event, in one language."),
    Table(
        "main",
        "story_links",
        StoryLink,
        "One row is one story and one in another language that tells of the same event.",
    ),
)
"""Views of the warehouse that the reader file has too; each depends on earlier ones only."""

AS_OF = MacroName(
    "main", "articles_as_of", "One row is one article as its site said it at the instant; what was gone is left out."
)
"""A table macro of the warehouse that the reader file has too."""

PUBLISHED = Table("ops", "published", Published, "The one row says which snapshot of the warehouse the file shows.")
"""A table that only the reader file has."""
