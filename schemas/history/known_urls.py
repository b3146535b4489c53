"""What the warehouse remembers of an article's URL or GUID when discovery meets it again."""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Json

from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Reason


class KnownUrl(BaseModel):
    """What is known of a URL and the others of its canonical form; `url` is how it was met last. `entry_newest_at`
    is the newest date that the entry gave when it was last taken up; validators are those of the last answer with a
    body. `entry_title` and `entry_summary_md5` are of the entry with which its page was fetched last, which the feed
    `entry_in` listed (None: it had none). `is_entry_fickle`: that visit came of a changed entry, and the page was as
    before."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    last_reason: Reason
    last_at: AwareDatetime
    last_status: int | None = None
    entry_newest_at: AwareDatetime | None = None
    published_at: AwareDatetime | None = None
    article_id: UUID | None = None
    version: int | None = None
    entry_title: str | None = None
    entry_summary_md5: str | None = None
    entry_in: str | None = None
    is_entry_fickle: bool = False
    etag: str | None = None
    last_modified: str | None = None


class NewEntries(BaseModel):
    """New entries that polls found at a place: `entries` of them appeared in each of `hours` (since 1970), in
    order."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    hours: tuple[int, ...]
    entries: tuple[int, ...]


class KnownGuid(BaseModel):
    """A GUID under which the feed `found_in` listed `url` and its page was captured. `canonical_url` is the
    article's that came of it; None: none did."""

    model_config = ConfigDict(frozen=True)

    source: str
    found_in: str
    guid: str
    url: str
    title: str | None = None
    canonical_url: str | None = None


class Revisit(BaseModel):
    """An article that is to be looked at again, as its latest version was found. `known_as` is its canonical
    URL where it moved since its first version; None: it did not. `article_id` is None, `canonical_url` the URL itself
    and `entry` empty where it never came to a version."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    found_in: str
    found_at: AwareDatetime
    entry: Json[EntryFacts]
    article_id: UUID | None = None
    canonical_url: str
    known_as: str | None = None

    @property
    def link(self) -> Link:
        """The link that leads to it."""
        return Link(
            url=self.url,
            source=self.source,
            found_in=self.found_in,
            found_at=self.found_at,
            entry=self.entry,
            known_as=self.known_as,
        )


class RevisitRules(BaseModel):
    """What decides which articles are looked at again at `now`: those published after `since` a rung of whose
    ladder (seconds after publication) has passed. A look that ended for a `passing` reason or status counts as
    none, and is tried again where it lies before `tried_before`. A listed URL of which nothing came but `failed`
    reasons or passing statuses climbs the same ladder from the first of them. `at_most` a source."""

    model_config = ConfigDict(frozen=True)

    now: AwareDatetime
    since: AwareDatetime
    tried_before: AwareDatetime
    rungs_s: tuple[float, ...]
    passing: tuple[Reason, ...]
    failed: tuple[Reason, ...]
    passing_status: tuple[int, ...]
    at_most: int


class CanonicalClaim(BaseModel):
    """A page that gave a version of the article `canonical_url`; `url` is the page's, as found."""

    model_config = ConfigDict(frozen=True)

    source: str
    canonical_url: str
    url: str
    body_hash: str


class LookAlike(BaseModel):
    """A short version that the source gave before."""

    model_config = ConfigDict(frozen=True)

    source: str
    canonical_url: str
    title: str
    body: str


class LeftOver(BaseModel):
    """A feed that holds links which a run took up and did not get to."""

    model_config = ConfigDict(frozen=True)

    source: str
    found_in: str
