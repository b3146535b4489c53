"""How fresh the articles of a source are."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.runs.ledger import PollLimit


class Freshness(BaseModel):
    """A row of `reports.freshness`: delays in seconds from publication to row over the last 7 days (None: no article
    has both times), `share_in_time` 0 to 1. `fresh_within_s` None: it was not polled since the promise came."""

    model_config = ConfigDict(frozen=True)

    source: str
    fresh_within_s: float | None = None
    articles: int
    delay_median_s: float | None = None
    delay_p95_s: float | None = None
    share_in_time: float | None = None
    entries_missed: int
    polls: int
    poll_limit: PollLimit | None = None
    next_poll_at: AwareDatetime | None = None
