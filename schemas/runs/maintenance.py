"""What a round of maintenance did."""

from pydantic import BaseModel, ConfigDict, Field


class Maintained(BaseModel):
    """One round; `backup` is the file of the catalog's copy, None where the server keeps its own."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    files_merged: int = Field(0, ge=0)
    files_made: int = Field(0, ge=0)
    snapshots_expired: int = Field(0, ge=0)
    files_deleted: int = Field(0, ge=0)
    orphans_deleted: int = Field(0, ge=0)
    backup: str | None = None
    records_checked: int = Field(0, ge=0)
    damaged: tuple[str, ...] = ()
    seconds: float = Field(0.0, ge=0)
