"""An identity: the statement that one page is another page's article, why, and until when it holds."""

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class IdentityRule(StrEnum):
    """`GUID`: a trusted feed gave it the GUID of the article. `VARIANT`: another spelling of the article's
    address with its text. `SAME_TEXT`: body of the article, mostly with its title. `UNDONE`: it is itself again."""

    GUID = "guid"
    VARIANT = "variant"
    SAME_TEXT = "same_text"
    UNDONE = "undone"


class Identity(BaseModel):
    """A row of ops.identities. It holds until a row of rule `undone`, after which the page stays itself."""

    model_config = ConfigDict(frozen=True)

    page_id: UUID = Field(description="uuid5 of page_url.")
    page_url: str = Field(description="The page's own canonical URL.")
    article_id: UUID = Field(description="The article that the page is; page_id where that was undone.")
    canonical_url: str = Field(description="The article's canonical URL.")
    source: str = Field(description="Slug of the source; pages of two sources are two articles.")
    rule: IdentityRule = Field(description="Why: guid, variant, same_text; undone: it no longer holds.")
    evidence: str = Field(description="What it was decided from, for people.")
    capture_id: UUID | None = Field(None, description="The capture it was decided on; NULL: a person did.")
    run_id: str = Field(description="The run that decided it, or who did.")
    at: AwareDatetime = Field(description="When it was decided (UTC).")


class Retold(BaseModel):
    """A row of ops.retold_articles."""

    model_config = ConfigDict(frozen=True)

    article_id: UUID = Field(
        description="The article: it has several versions or moments, a capture that was read anew, or a page that "
        "was taken out of another article. All others have one version."
    )


class Undone(BaseModel):
    """A row of ops.undone_identities."""

    model_config = ConfigDict(frozen=True)

    page_id: UUID = Field(description="The page that is its own article again.")
    page_url: str = Field(description="Its own canonical URL.")
