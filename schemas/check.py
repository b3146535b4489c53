"""What checking a source found out."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.link import UrlKind
from schemas.listing import Listing
from schemas.outcome import Reason


class FeedCheck(BaseModel):
    """What one feed or sitemap answered; `newest_at` is the newest date it lists (None: it gives none)."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    kind: UrlKind
    reason: Reason
    detail: str | None = None
    entries: int = 0
    newest_at: AwareDatetime | None = None

    @property
    def is_failing(self) -> bool:
        """Whether a person should look at it."""
        return self.reason not in (Reason.OK, Reason.NOT_MODIFIED)


class Looked(BaseModel):
    """A URL that turned out to be a feed or a sitemap."""

    model_config = ConfigDict(frozen=True)

    url: str
    kind: UrlKind
    listing: Listing
