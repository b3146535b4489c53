"""An export: what was asked for, and the files that it wrote."""

from enum import StrEnum
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from schemas.errors import UsageError

TEXTS = ("body", "dek", "completeness_evidence", "evidence")
"""Columns that hold the publisher's own words at length; `--without-text` leaves them out."""


class ExportFormat(StrEnum):
    """The form of the files of an export."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    RSS = "rss"


class ExportOptions(BaseModel):
    """What an export holds. A folder holds one export: a second one with equal options adds what is new."""

    model_config = ConfigDict(frozen=True)

    table: str = Field("main.articles", description="Table, view or report, with its schema; empty: a query.")
    query: str = Field("", description="One SELECT; empty: a table.")
    form: ExportFormat = Field(ExportFormat.PARQUET, description="Form of the files.")
    by: tuple[str, ...] = Field((), description="Columns, or day, month, year, that part the rows into folders.")
    since: AwareDatetime | None = Field(None, description="First instant of publication (UTC); None: any.")
    until: AwareDatetime | None = Field(None, description="The instant after the last (UTC); None: any.")
    sources: tuple[str, ...] = Field((), description="Slugs of sources; empty: all.")
    without_text: bool = Field(False, description=f"Whether {', '.join(TEXTS)} are left out.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.query and (self.since or self.until or self.sources):
            raise UsageError("--since, --until and --source choose rows of a table; write them into the query")
        if self.since and self.until and self.since >= self.until:
            raise UsageError(f"--since {self.since.isoformat()} must be before --until {self.until.isoformat()}")
        if self.by and self.form is ExportFormat.RSS:
            raise UsageError("a feed is one file: leave out --by, or take another --format than rss")
        return self

    @property
    def name(self) -> str:
        """Name of the files and of the data package: that of the table, or `query`."""
        return self.table.rpartition(".")[2] if not self.query else "query"


class ExportColumn(BaseModel):
    """A column of an export."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Its name.")
    type: str = Field(description="Its type in DuckDB.")
    comment: str = Field("", description="What it means; empty: a query made it.")


class ExportedFile(BaseModel):
    """One file of an export."""

    model_config = ConfigDict(frozen=True)

    path: str = Field(description="Below the folder, with forward slashes.")
    rows: int = Field(ge=0, description="Rows in it.")
    bytes: int = Field(ge=0, description="Its size.")
    sha256: str = Field(description="SHA-256 (hex) of the file.")
    added_at: AwareDatetime = Field(description="When it was written (UTC).")


class ExportTally(BaseModel):
    """What the rows of an export are, counted as they are written."""

    rows: int = Field(0, ge=0, description="Rows.")
    cut_cells: int = Field(
        0, ge=0, description="Cells that were shortened, as a sheet holds 32,767 characters a cell."
    )
    first_at: AwareDatetime | None = Field(None, description="Earliest publication (UTC); None: no row has a date.")
    last_at: AwareDatetime | None = Field(None, description="Latest publication (UTC); None: no row has a date.")
    sources: dict[str, int] = Field(default_factory=dict, description="Rows by source.")
    languages: dict[str, int] = Field(default_factory=dict, description="Rows by language.")
    policies: dict[str, int] = Field(default_factory=dict, description="Rows by what their publisher reserves.")


class ExportState(BaseModel):
    """What a folder holds, as its file `.newsdesk/export.json` says: the one file that makes an export complete."""

    options: ExportOptions
    snapshot: int = Field(description="Snapshot of the warehouse that it shows.")
    snapshot_at: AwareDatetime = Field(description="When that was committed (UTC).")
    columns: tuple[ExportColumn, ...]
    files: tuple[ExportedFile, ...] = ()
    keys: str = Field(
        "", description="File below .newsdesk with the keys of the rows that were written; empty: none."
    )
    tally: ExportTally = ExportTally()
    licence: str = Field("", description="What the person who exports says of the licence.")
    made_by: str = Field("", description="Version of Newsdesk.")


class ExportResult(BaseModel):
    """What one call added."""

    folder: str
    rows_added: int
    rows: int
    files_added: tuple[str, ...]
    cut_cells: int = 0


class Hydrated(BaseModel):
    """What became of the rows of a file without texts."""

    out: str = Field(description="File or folder that was written.")
    rows: int = Field(0, description="Rows of it.")
    same: int = Field(0, description="Rows that have their own text again: its hash is the one of the row.")
    other: int = Field(0, description="Rows whose article says something else by now; that text stands there.")
    missing: int = Field(0, description="Rows without a text in this home.")
