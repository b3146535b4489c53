"""What checking a source found out."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal


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


class Subscribed(BaseModel):
    """How subscribing to one feed went. `hub` is None where the feed names none or did not answer;
    `refusal` is None where the hub accepted."""

    model_config = ConfigDict(frozen=True)

    feed: str
    hub: str | None = None
    refusal: Refusal | None = None
