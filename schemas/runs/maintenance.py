"""The result of `newsdesk maintain`."""

from pydantic import BaseModel, ConfigDict, Field


class Maintained(BaseModel):
    """One maintenance. `backup` is the copy of the catalog; None: the catalog is on a database server, which has its
    own backups."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    files_merged: int = Field(0, ge=0)
    files_made: int = Field(0, ge=0)
    snapshots_expired: int = Field(0, ge=0)
    files_deleted: int = Field(0, ge=0)
    orphans_deleted: int = Field(0, ge=0)
    backup: str | None = None
    articles_forgotten: int = Field(0, ge=0)
    texts_sampled: int = Field(0, ge=0)
    articles_placed: int = Field(0, ge=0)
    splits_proposed: int = Field(0, ge=0)
    texts_read: int = Field(0, ge=0)
    records_checked: int = Field(0, ge=0)
    damaged: tuple[str, ...] = ()
    seconds: float = Field(0.0, ge=0)
