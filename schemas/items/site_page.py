"""Site memory: the lines of a site's pages, and the template that was learned from them."""

from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Method(StrEnum):
    """How the text of a page was found: by general rules, or by the wrapper of its site."""

    RULES = "rules"
    WRAPPER = "wrapper"


class Block(NamedTuple):
    """One line of a page, as site memory keeps it: where it stands, and what it says only as a key. A page has up to
    two hundred, which go from process to process: models would take five times as long."""

    slot: str
    key: str
    chars: int
    linked: int
    kept: bool


class PageSight(BaseModel):
    """The lines of one page of a site: a row of ops.site_blocks."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that extracted it.")
    source: str = Field(description="Slug of the source.")
    article_id: UUID = Field(description="The article of the page.")
    capture_id: UUID = Field(description="The capture of the page; the row's key.")
    seen_at: AwareDatetime = Field(description="When the page was fetched (UTC).")
    container: str | None = Field(None, description="Tag, classes and id of what holds the text; NULL: no lines.")
    covered: float = Field(ge=0, le=1, description="Share of the text that stands in blocks, 0 to 1.")
    blocks: tuple[Block, ...] = Field(
        description="The page's lines in order: template slot, key of the text, characters, those in links, kept?"
    )
    road: Method = Field(description="rules, or wrapper: how the text was found.")
    wrapper: int | None = Field(None, description="Version of the site's wrapper at the time; NULL: none.")
    agreement: float | None = Field(
        None, description="Words that wrapper and rules have in common, 0 to 1; NULL: not compared."
    )
    familiarity: float | None = Field(
        None, description="Share of the text in slots that hold text on the site's earlier pages; NULL: none known."
    )
    late_in: UUID | None = Field(
        None,
        description="The batch that read it among its last pages: the next batch does not learn from it; NULL: none.",
    )


class WrapperState(StrEnum):
    """`TRIAL`: compared with the rules, on ten pages of a batch; `TRUSTED`: used; `RETIRED`: no longer used."""

    TRIAL = "trial"
    TRUSTED = "trusted"
    RETIRED = "retired"


class Wrapper(BaseModel):
    """The elements of a site's template that hold the text of its articles: a row of ops.wrappers. A change of its
    state is a row of its own."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that learned or changed it.")
    source: str = Field(description="Slug of the source.")
    version: int = Field(ge=1, description="1 for the site's first wrapper, then one more for each.")
    state: WrapperState = Field(description="trial, trusted or retired.")
    at: AwareDatetime = Field(description="When it came into that state (UTC).")
    containers: tuple[str, ...] = Field(description="Tag, classes and id of what holds the text, commonest first.")
    text_slots: tuple[str, ...] = Field(description="Template slots below it that hold text.")
    other_slots: tuple[str, ...] = Field(description="Template slots below it that hold none.")
    pages: int = Field(ge=1, description="Pages that it was learned from.")
    checks: int = Field(0, ge=0, description="Pages on which the wrapper was compared with the rules.")
    agreement: float | None = Field(None, description="Mean agreement with the rules on these; NULL: none yet.")


class SiteHistory(BaseModel):
    """The latest pages of a site in the warehouse, oldest first, and its wrapper."""

    model_config = ConfigDict(frozen=True)

    sights: tuple[PageSight, ...] = ()
    wrapper: Wrapper | None = None


class SiteMemory(BaseModel):
    """The state of site memory before a page is read; empty for a site without history.
    `is_compared`: a wrapper on trial is compared with the rules on this page."""

    model_config = ConfigDict(frozen=True)

    pages: int = 0
    repeated: frozenset[str] = frozenset()
    furniture: frozenset[str] = frozenset()
    text_slots: frozenset[str] = frozenset()
    wrapper: Wrapper | None = None
    is_compared: bool = True


class Removal(BaseModel):
    """A block of the page that a rule removed from the article."""

    model_config = ConfigDict(frozen=True)

    rule: str
    text: str
