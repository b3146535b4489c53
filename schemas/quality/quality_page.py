"""Quality: how far the data of one run can be trusted, as rules, expectations and counts say it."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from schemas.items.article import Completeness
from schemas.items.finding import Finding
from schemas.sources.source import Expect


class BandCheck(BaseModel):
    """One expectation of one source's articles in a batch; `low` to `high` is the healthy band (None: open).
    What lies outside it by chance alone still holds (`schemas.quality.bands`)."""

    model_config = ConfigDict(frozen=True)

    source: str
    code: str
    observed: float
    low: float | None = None
    high: float | None = None
    is_held: bool


class Judgement(BaseModel):
    """What a batch was held to: `rows` records by `rules` rules, of which `broken` has those that did not hold;
    `articles` has by source how many kept the rules, and `bands` the sources with enough of them."""

    model_config = ConfigDict(frozen=True)

    rows: int
    rules: int
    broken: tuple[str, ...] = ()
    articles: Mapping[str, int] = {}
    bands: tuple[BandCheck, ...] = ()


class BrokenRule(BaseModel):
    """One rule that records of one source broke in the run; `urls` are the first of them, by name."""

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
    """How many articles one source gave lately, by the time of their first load."""

    model_config = ConfigDict(frozen=True)

    source: str
    articles_24h: int
    articles_7d: int
    is_older: bool
    """Whether it gave any before these 7 days: else they are no week yet."""


class QualityFacts(BaseModel):
    """What the reader file says; `checked` are findings of the last check of the sources' health and the archive."""

    model_config = ConfigDict(frozen=True)

    broken: tuple[BrokenRule, ...] = ()
    mix: tuple[Share, ...] = ()
    gaps: tuple[Gap, ...] = ()
    volumes: tuple[Volume, ...] = ()
    checked: tuple[Finding, ...] = ()


class Quality(BaseModel):
    """All that the page of a run's quality tells, beside its report. `expects` is by slug."""

    model_config = ConfigDict(frozen=True)

    facts: QualityFacts = QualityFacts()
    judgements: tuple[Judgement, ...] = ()
    expects: Mapping[str, Expect] = {}
