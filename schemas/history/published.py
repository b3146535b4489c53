"""Rows about the warehouse itself: its migrations, and what a reader file shows. Apart from `rows`, whose types no
command that reads the status needs."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Migration(BaseModel):
    """A row of ops.migrations."""

    model_config = ConfigDict(frozen=True)

    number: int = Field(ge=1, description="The file's number; files are applied in this order.")
    name: str = Field(description="The file's name.")
    sha256: str = Field(description="SHA-256 (hex) of the file; one that changes afterwards is refused.")
    applied_at: AwareDatetime = Field(description="When it was applied (UTC).")


class Published(BaseModel):
    """The row of ops.published in the reader file: what it shows."""

    model_config = ConfigDict(frozen=True)

    snapshot: int = Field(ge=0, description="DuckLake snapshot that the file shows.")
    snapshot_at: AwareDatetime = Field(description="When that snapshot was committed (UTC).")
    data_path: str = Field(description="Folder of the Parquet files that the views read.")
