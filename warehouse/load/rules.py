"""The protocol of the rules that a load gets as an argument: the warehouse looks up and stores, the rules decide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from schemas.history.copies import (
    AlikeWanted,
    CopyDecision,
    CopyPair,
    DatedText,
    LikeText,
    StoredText,
    TextSample,
)
from schemas.history.event import Event
from schemas.history.identity_match import KnownIdentity
from schemas.history.load_decisions import (
    DecidedRows,
    EventsWanted,
    Identified,
    KnownEvents,
    KnownPages,
    KnownTimelines,
    PagesWanted,
    TextsWanted,
    VersionDecision,
)
from schemas.history.stories import (
    KnownFrequency,
    NewArticle,
    Probe,
    StoriesDecided,
    StoryEvent,
    StoryState,
    VectorsMade,
)
from schemas.history.story_links import InCommon, LinksWanted, StoryLinkDecision
from schemas.history.timeline import StoredVersion, TimelineMoment, VersionKey
from schemas.items.article import Article, ArticleVersion
from schemas.items.mention import Mention, StoredWords
from schemas.runs.batch import Batch


class HistoryRules(Protocol):
    """Functions without side effects, in the order in which a load calls them. Those named `…_to_look_up` return the
    keys of the facts that the next function needs. `at` (UTC) is the time of the load. The project's rules are the
    module `tasks.pure.history.rules`."""

    def pages_to_look_up(self, batch: Batch[Article]) -> PagesWanted:
        """The pages to look up. Raises `NewsdeskError` if the capture of an article is not in the batch."""

    def texts_to_look_up(
        self, articles: Sequence[Article], identities: Mapping[UUID, KnownIdentity], versions: Iterable[VersionKey]
    ) -> TextsWanted | None:
        """The texts to look up; None: none. `identities` and `versions` are the stored ones of the pages."""

    def identify(self, batch: Batch[Article], wanted: PagesWanted, known: KnownPages, at: datetime) -> Identified:
        """Decide to which article each page of the batch belongs."""

    def repeats_to_look_up(
        self, articles: Sequence[Article], moments: Mapping[UUID, Sequence[TimelineMoment]]
    ) -> list[Article]:
        """The articles whose versions depend on later fetches; `moments` are their timelines, by id."""

    def decide_versions(
        self, articles: Sequence[Article], known: KnownTimelines, readings: Iterable[Article], is_read_anew: bool
    ) -> list[VersionDecision]:
        """One decision for each article, in their order. `readings` are articles extracted again from stored captures
        for comparison; with `is_read_anew` the articles of the batch are such too."""

    def captures_to_read_again(
        self, decisions: Sequence[VersionDecision], known: KnownTimelines
    ) -> list[TimelineMoment]:
        """The moments whose captures are to be extracted again before the batch is loaded."""

    def versions_to_look_up(
        self, decisions: Sequence[VersionDecision], readings: Iterable[Article]
    ) -> list[TimelineMoment]:
        """The versions that new ones are compared with."""

    def decided_rows(
        self,
        batch: Batch[Article],
        identified: Identified,
        decisions: Sequence[VersionDecision],
        stored: Mapping[tuple[UUID, int], StoredVersion],
        at: datetime,
    ) -> DecidedRows:
        """The rows to write. `stored` are the versions from `versions_to_look_up`, by the article_id under which they
        were loaded and their number."""

    def events_to_look_up(self, batch: Batch[Article], decisions: Sequence[VersionDecision]) -> EventsWanted:
        """The facts that the events depend on; the load looks them up after storing the batch's outcomes and
        captures."""

    def decide_events(
        self, batch: Batch[Article], decisions: Sequence[VersionDecision], known: KnownEvents, at: datetime
    ) -> list[Event]:
        """The rows of ops.events."""

    def text_samples(self, versions: Iterable[ArticleVersion | StoredText], at: datetime) -> list[TextSample]:
        """The rows of main.text_samples."""

    def mentions_of_stored(self, texts: Iterable[StoredWords]) -> list[tuple[Mention, ...]]:
        """What each text mentions, in their order."""

    def alike_to_look_up(self, samples: Sequence[TextSample]) -> AlikeWanted:
        """The texts that copies are looked up of, and what counts as alike."""

    def copy_pairs(self, wanted: AlikeWanted, found: Iterable[LikeText], at: datetime) -> list[CopyPair]:
        """The rows of ops.copy_pairs."""

    def decide_copies(
        self,
        pairs: Iterable[CopyPair],
        texts: Sequence[DatedText],
        known: Iterable[CopyDecision],
        run_id: str,
        at: datetime,
    ) -> list[CopyDecision]:
        """The rows of ops.copy_decisions: what is decided otherwise than before on the articles `texts`."""

    def new_articles(self, versions: Iterable[ArticleVersion], leading: Mapping[UUID, UUID]) -> list[NewArticle]:
        """The articles to place in stories, in their order. `leading` has by copy the article whose text it is."""

    def story_vectors(
        self,
        articles: Sequence[NewArticle],
        known: Iterable[KnownFrequency],
        apart: Mapping[UUID, frozenset[UUID]],
    ) -> VectorsMade:
        """The articles with their vectors. `apart`: by article, the stories that a person said it is not of."""

    def story_of(self, article_id: UUID) -> UUID:
        """The id of the story that the article begins."""

    def story_probes(self, articles: Sequence[NewArticle], touched: Iterable[StoryState]) -> list[Probe]:
        """What near stories are looked up by. `touched`: stories that may be merged with others."""

    def last_merge(self, placed: int) -> int:
        """How many articles were placed when stories were merged last."""

    def is_merge_due(self, placed: int, articles: int) -> bool:
        """Whether stories are merged while so many more articles are placed."""

    def decide_stories(
        self, made: VectorsMade, states: Iterable[StoryState], by: tuple[UUID | None, str, datetime]
    ) -> StoriesDecided:
        """The rows to write. `states` are the stories near the articles, and those that grew since the last merge;
        `by` is the batch, the run and the time of the load (UTC)."""

    def parted(self, articles: Iterable[NewArticle], event: StoryEvent, before: StoryState) -> list[StoryState]:
        """The states of a story and of the article that a person took out of it."""

    def links_to_look_up(self) -> LinksWanted:
        """What stories in different languages must have in common to be linked."""

    def decide_links(self, found: InCommon, step: int, run_id: str, at: datetime) -> list[StoryLinkDecision]:
        """The rows of ops.story_link_decisions: what is decided otherwise than before."""

    def propose_split(
        self, story_id: UUID, articles: Sequence[NewArticle], step: int, run_id: str, at: datetime
    ) -> list[StoryEvent]:
        """An event for each article of a large story that looks like part of another; none: it is one story."""
