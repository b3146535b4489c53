"""What the rules of a load ask the warehouse for, what it tells them, and what they decide.

A load goes in rounds: the rules say what to look up (`…Wanted`), the warehouse looks it up (`Known…`), the rules
decide, the warehouse stores. All rounds are in one transaction. Instants are UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from schemas.history.event import ArticleAnswer, ArticleState, EventKind, PlaceBefore
from schemas.history.identity import Identity
from schemas.history.identity_match import IdentityCandidate, KnownIdentity
from schemas.history.rows import LinkOut
from schemas.history.timeline import RepeatFetch, StoredVersion, TimelineMoment, VersionKey
from schemas.items.article import Article, ArticleVersion, Cause
from schemas.items.capture import Capture
from schemas.items.outcome import Outcome, Reason


class PagesWanted(NamedTuple):
    """The pages of a batch. `named` are the articles that feeds give for them by GUID; `forms` holds, by page, the
    ids (16 bytes each) of the other forms of its address."""

    pages: frozenset[UUID]
    named: frozenset[UUID]
    forms: Mapping[UUID, Sequence[bytes]]


class TextsWanted(NamedTuple):
    """Texts, as (source, body_hash, hashes), whose versions are wanted: those fetched from `first` to `last` with
    that body_hash; or, of at least `words` words, with one of the hashes among the first `looked_up` of their
    sample."""

    texts: Sequence[tuple[str, str, Sequence[int]]]
    words: int
    looked_up: int
    first: datetime
    last: datetime


class KnownPages(NamedTuple):
    """What is stored of the pages of a batch. `identities` are earlier decisions, by page; `versions` those of the
    pages, of the articles that feeds name, and of other forms of the addresses. `candidates` are the versions of
    articles that a page might be by GUID or address, `same_text` those with the text of a page, or one like it,
    oldest first."""

    identities: Mapping[UUID, KnownIdentity]
    versions: Sequence[VersionKey]
    candidates: Sequence[IdentityCandidate]
    same_text: Sequence[IdentityCandidate]


class Identified(NamedTuple):
    """The articles of a batch under the ids that they are loaded with, in their order. `pages` holds, by capture,
    the page of those that are another page's article; `details` what their outcomes say of it. `rows` are decisions
    to store."""

    articles: Sequence[Article] = ()
    pages: Mapping[UUID, UUID] = {}
    details: Mapping[UUID, str] = {}
    rows: Sequence[Identity] = ()


class KnownTimelines(NamedTuple):
    """What is stored of articles. `moments` are their timelines, by article, oldest first; `last_versions` the
    highest version number of each article that has a version. `repeats` are fetches that returned a known version,
    oldest first. `replaced` holds, by capture, what the version says that was made of a capture which the batch
    re-extracts."""

    moments: Mapping[UUID, Sequence[TimelineMoment]] = {}
    last_versions: Mapping[UUID, int] = {}
    repeats: Sequence[RepeatFetch] = ()
    replaced: Mapping[UUID, StoredVersion] = {}


class VersionDecision(NamedTuple):
    """What becomes of an article. `version` is the new version's number, or that of the known version with its text.
    Of a new version, `cause` says why it is made, `before` is what it is compared with (None: nothing earlier is
    known), and `supersedes` the version that it replaces. `again`: the timeline gets the moment of this fetch, at
    which the page said what the known version says. `anchor`: the timeline also gets this later fetch, which returned
    what was said before."""

    article: Article
    reason: Reason
    version: int
    detail: str | None = None
    cause: Cause | None = None
    before: TimelineMoment | None = None
    supersedes: int | None = None
    again: EventKind | None = None
    anchor: RepeatFetch | None = None


class DecidedRows(NamedTuple):
    """Rows that follow from the decisions on versions. `outcomes` has one row an article, in the batch's order."""

    versions: Sequence[ArticleVersion]
    links: Sequence[LinkOut]
    outcomes: Sequence[Outcome]


class EventsWanted(NamedTuple):
    """`gone` are articles that answered 404 or 410, `moved` captures whose URL was redirected to another place,
    `answered` articles that answered."""

    gone: frozenset[UUID]
    moved: Sequence[Capture]
    answered: frozenset[UUID]


class KnownEvents(NamedTuple):
    """`answers` are all answers of the articles that are gone, oldest first, this batch's included; `places` where
    the redirected URLs led before; `states` the events that tell whether an article is there, oldest first."""

    answers: Sequence[ArticleAnswer]
    places: Sequence[PlaceBefore]
    states: Sequence[ArticleState]
