"""What a run leaves in Prefect beside its state: tables, a summary and links, each under a key of its own."""

from pydantic import BaseModel, ConfigDict

Cell = str | int


class TableArtifact(BaseModel):
    """A table, one mapping a row; all rows have the same columns in the same order."""

    model_config = ConfigDict(frozen=True)

    key: str
    description: str
    rows: tuple[dict[str, Cell], ...]


class SummaryArtifact(BaseModel):
    """A text in Markdown (CommonMark with tables)."""

    model_config = ConfigDict(frozen=True)

    key: str
    markdown: str


class LinkArtifact(BaseModel):
    """A link to a page; `url` has its scheme."""

    model_config = ConfigDict(frozen=True)

    key: str
    words: str
    url: str


Artifact = TableArtifact | SummaryArtifact | LinkArtifact
