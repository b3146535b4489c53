"""The selectors of a source file: where a site's pages have what the rules do not find."""

from pydantic import BaseModel, ConfigDict, Field


class Select(BaseModel):
    """CSS selectors; None: the rules look for it. What a selector does not find on a page, the rules look for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = Field(None, description="The first element is the headline.")
    body: str | None = Field(None, description="The elements hold the text, and nothing else.")
    authors: str | None = Field(None, description="Each element is a byline.")
    date: str | None = Field(
        None, description="The first element dates the publication: by datetime, else by its text."
    )
    remove: str | None = Field(None, description="The elements are taken out of the page before anything is read.")

    def stated(self) -> dict[str, str]:
        """The selectors that are given, by field."""
        return {field: css for field, css in self if css is not None}
