"""A correction: what a person said against a decision of the rules, for good."""

from pydantic import BaseModel, ConfigDict, Field

from schemas.history.identity import Identity
from schemas.history.stories import StorySeparation


class Correction(BaseModel):
    """A file of the archive's folder `corrections`. One of the two is there."""

    model_config = ConfigDict(frozen=True)

    identity: Identity | None = Field(None, description="A row of rule `undone`: the page is an article of its own.")
    separations: tuple[StorySeparation, ...] = Field(
        (), description="What one article is not of, one row an article."
    )

    @property
    def name(self) -> str:
        """Of its file, without a suffix: one for each page or article of which something was said."""
        if self.identity:
            return f"identity-{self.identity.page_id}"
        return f"story-{self.separations[0].article_id}"
