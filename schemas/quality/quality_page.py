"""Quality: the rules, expectations and counts by which the data of one run is judged."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from schemas.items.article import Completeness
from schemas.items.finding import Finding
from schemas.sources.source import Expect


class BandCheck(BaseModel):
    """One expectation of one source's articles in a batch; `low` to `high` is the healthy band (None: open).
    A value that is outside by chance still counts as held (`schemas.quality.bands`)."""

    model_config = ConfigDict(frozen=True)

    source: str
    code: str
    observed: float
    low: float | None = None
    high: float | None = None
    is_held: bool


class Judgement(BaseModel):
    """The checks of a batch: `rows` records were checked by `rules` rules each; `broken` has the codes of those
    that a record broke. `articles`: records that kept all rules, by source. `bands`: the checks of the sources that
    have enough of them."""

    model_config = ConfigDict(frozen=True)

    rows: int
    rules: int
    broken: tuple[str, ...] = ()
    articles: Mapping[str, int] = {}
    bands: tuple[BandCheck, ...] = ()


class BrokenRule(BaseModel):
    """One rule that records of one source broke in the run. `urls` are the first few of their URLs, in order."""

    model_config = ConfigDict(frozen=True)

    source: str
    rule: str
    message: str
    records: int
    urls: tuple[str, ...]


class Share(BaseModel):
    """How many of the versions that the run loaded of one source have this completeness."""

    model_config = ConfigDict(frozen=True)

    source: str
    completeness: Completeness
    articles: int


class Gap(BaseModel):
    """In how many of the versions that the run loaded of one source a field is empty: the publisher did not say."""

    model_config = ConfigDict(frozen=True)

    source: str
    field: str
    articles: int
    missing: int


class Volume(BaseModel):
    """How many articles of one source were first loaded in the last 24 hours and 7 days."""

    model_config = ConfigDict(frozen=True)

    source: str
    articles_24h: int
    articles_7d: int
    is_older: bool
    """Whether articles were loaded before these 7 days: otherwise the week is not over yet."""


class QualityFacts(BaseModel):
    """Counts from the reader file. `checked`: findings of the last `newsdesk health` and `newsdesk archive check`."""

    model_config = ConfigDict(frozen=True)

    broken: tuple[BrokenRule, ...] = ()
    mix: tuple[Share, ...] = ()
    gaps: tuple[Gap, ...] = ()
    volumes: tuple[Volume, ...] = ()
    checked: tuple[Finding, ...] = ()


class Quality(BaseModel):
    """The contents of a run's quality page, besides its report. `expects` is by slug."""

    model_config = ConfigDict(frozen=True)

    facts: QualityFacts = QualityFacts()
    judgements: tuple[Judgement, ...] = ()
    expects: Mapping[str, Expect] = {}
