"""Results of `newsdesk sources check` and `newsdesk sources subscribe`."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal


class FeedCheck(BaseModel):
    """The answer of one feed or sitemap. `newest_at` is the newest date that it lists (None: it has no dates)."""

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
    """The result of subscribing to one feed. `hub` is None where the feed names none or did not answer;
    `refusal` is None where the hub accepted."""

    model_config = ConfigDict(frozen=True)

    feed: str
    hub: str | None = None
    refusal: Refusal | None = None
