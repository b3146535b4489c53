"""What is usual of a source: counts of what each run loaded of it, and what was learnt from them."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

HOURS_OF_WEEK = 168


class SourceTally(BaseModel):
    """A row of ops.tallies: the articles that one run loaded first of one source, in counts."""

    model_config = ConfigDict(frozen=True)

    run_id: str = Field(description="The run that loaded them.")
    source: str = Field(description="Slug of the source.")
    at: AwareDatetime = Field(description="When the last of them was loaded (UTC).")
    articles: int = Field(ge=0, description="Articles that were new to the warehouse.")
    refused: int = Field(0, ge=0, description="Pages asked for as articles that gave none: walls, notices, no text.")
    undated: int = Field(0, ge=0, description="Of the articles, those without a date.")
    unsigned: int = Field(0, ge=0, description="Of the articles, those that name no author.")
    partial: int = Field(
        0, ge=0, description="Of the articles, those that are not whole: teaser, paywall and the like."
    )
    other_language: int = Field(0, ge=0, description="Of the articles, those in another language than its file says.")
    broken: int = Field(0, ge=0, description="Of the articles, those with wrongly decoded characters.")
    words: tuple[int, ...] = Field((), description="Words of each article.")
    hours: tuple[int, ...] = Field(
        (),
        description="Hour of publication of each article, in hours since 1970 (UTC); the hour of the load where it "
        "has no date. Articles that are over three days older than their load are left out.",
    )


class Usual(BaseModel):
    """A row of ops.usuals: what was learnt of a source up to an instant. Counts of articles are of the last few
    hundred: older ones fade."""

    model_config = ConfigDict(frozen=True)

    source: str = Field(description="Slug of the source.")
    at: AwareDatetime = Field(description="Up to when its articles were learnt from (UTC).")
    run_id: str = Field(description="The run that learnt it.")
    days: int = Field(0, ge=0, description="Days that were learnt from.")
    hourly: tuple[float, ...] = Field(
        (0.0,) * HOURS_OF_WEEK,
        description="Articles an hour, for each hour of the week from Monday 00:00 UTC on, from published hours.",
    )
    ratios: tuple[float, ...] = Field(
        (), description="Of the last days, oldest first: logarithm of (articles + 1) / (expected articles + 1)."
    )
    gaps: tuple[float, ...] = Field(
        (), description="Of the last articles, oldest first: articles expected since the one before."
    )
    last_hour: int | None = Field(
        None, description="Hour of the last article learnt from, in hours since 1970 (UTC)."
    )
    counted_at: AwareDatetime | None = Field(
        None, description="Up to when (UTC) the shares below count its articles; NULL: none are counted."
    )
    articles: float = Field(0.0, ge=0, description="Articles that the shares below are of.")
    pages: float = Field(0.0, ge=0, description="Pages asked for as articles, those that gave none included.")
    refused: float = Field(0.0, ge=0, description="Of the pages, those that gave none.")
    undated: float = Field(0.0, ge=0, description="Of the articles, those without a date.")
    unsigned: float = Field(0.0, ge=0, description="Of the articles, those that name no author.")
    partial: float = Field(0.0, ge=0, description="Of the articles, those that are not whole.")
    other_language: float = Field(0.0, ge=0, description="Of the articles, those in another language.")
    broken: float = Field(0.0, ge=0, description="Of the articles, those with wrongly decoded characters.")
    words: tuple[int, ...] = Field((), description="Words of the last articles, oldest first.")
