"""A run's report: the facts that its page, its artifacts and its lines on a terminal all show."""

from pydantic import AwareDatetime, BaseModel, ConfigDict

from schemas.items.finding import Finding
from schemas.items.outcome import Reason, Stage
from schemas.runs.backfill_plan import BackfillProgress
from schemas.runs.replay import ReplayDiff
from schemas.runs.run import Run


class Tally(BaseModel):
    """How many URLs of one source ended with one reason; never 0."""

    model_config = ConfigDict(frozen=True)

    source: str
    reason: Reason
    count: int


class Rejection(BaseModel):
    """One rejected URL, for people. `detail` is None where the reason has no particulars."""

    model_config = ConfigDict(frozen=True)

    source: str
    url: str
    stage: Stage
    reason: Reason
    detail: str | None = None


class Headline(BaseModel):
    """One article of the run. `version` is above 1 where its text has changed since the first load."""

    model_config = ConfigDict(frozen=True)

    title: str
    source: str
    url: str
    published_at: AwareDatetime | None = None
    version: int = 1


class Paths(BaseModel):
    """Paths of the run's results, as a person would type them; None: not written. `pages` is the URL of the folder
    of `report` and `quality`."""

    model_config = ConfigDict(frozen=True)

    warehouse: str | None = None
    archive: str | None = None
    reader: str | None = None
    report: str | None = None
    quality: str | None = None
    pages: str | None = None


class FlowResults(BaseModel):
    """What a flow has to tell besides rows; None: the flow tells nothing of the kind. `open_findings`: what `newsdesk
    health` lists, warnings first. `page`: the path of a page of the flow's own, as the comparison of a replay."""

    model_config = ConfigDict(frozen=True)

    replay: ReplayDiff | None = None
    backfill: BackfillProgress | None = None
    open_findings: tuple[Finding, ...] | None = None
    page: str | None = None


class RunReport(BaseModel):
    """One run in facts. Tallies are by source, then in the order of `Reason`; rejections by
    source; `changed` are the articles that this run loaded a further version of. `next_poll_at` (UTC) is the first
    time at which a feed of the run's sources is due (None: none was polled yet, or each is due). `time_zone` (IANA):
    instants are UTC, and pages and lines show them in this zone."""

    model_config = ConfigDict(frozen=True)

    run: Run
    outcomes: tuple[Tally, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    changed: tuple[Headline, ...] = ()
    headlines: tuple[Headline, ...] = ()
    findings: tuple[Finding, ...] = ()
    paths: Paths = Paths()
    results: FlowResults = FlowResults()
    time_zone: str = "UTC"
    next_poll_at: AwareDatetime | None = None

    def count(self, *reasons: Reason) -> int:
        """How many URLs ended with one of the reasons."""
        return sum(tally.count for tally in self.outcomes if tally.reason in reasons)
