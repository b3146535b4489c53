"""Where a warehouse lies: NEWSDESK_WAREHOUSE taken apart."""

import re
from pathlib import Path
from typing import Literal, NamedTuple, Self

from schemas.errors import RefusedError, SettingsError

_URL = re.compile(r"ducklake:(?P<catalog>sqlite|postgres):(?P<target>.+)\?data=(?P<data>.+)")


class Address(NamedTuple):
    """`target` is the catalog's file (absolute) or its PostgreSQL connection words; `data` the folder
    (absolute) or s3:// prefix of the Parquet files, with a slash at its end."""

    catalog: Literal["sqlite", "postgres"]
    target: str
    data: str

    @classmethod
    def parse(cls, url: str, given_as: str = "NEWSDESK_WAREHOUSE") -> Self:
        """Raises `SettingsError` where `url` has another form; `given_as` is what the reader knows it by."""
        match = _URL.fullmatch(url)
        if not match:
            forms = "ducklake:sqlite:PATH?data=PATH/ or ducklake:postgres:DSN?data=URL"
            raise SettingsError(f"{given_as} = {url!r}: must be {forms}")
        data = match["data"] if "://" in match["data"] else str(Path(match["data"]).absolute())
        folder = data.rstrip("/") + "/"
        if match["catalog"] == "postgres":
            return cls("postgres", match["target"], folder)
        return cls("sqlite", str(Path(match["target"]).absolute()), folder)

    @property
    def name(self) -> str:
        """What to call it in a message: without the words that a password may be among."""
        return self.target if self.catalog == "sqlite" else "the PostgreSQL catalog"

    @property
    def gate_path(self) -> Path:
        """The lock file beside a SQLite catalog."""
        return Path(self.target).parent / "catalog.gate"

    @property
    def is_remote(self) -> bool:
        """Whether the Parquet files lie behind an object store."""
        return "://" in self.data

    def make_folders(self) -> None:
        """Make the local folders of catalog and data; raises `RefusedError` where that is not allowed."""
        catalog = [] if self.catalog == "postgres" else [Path(self.target).parent]
        try:
            for folder in catalog if self.is_remote else [*catalog, Path(self.data)]:
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RefusedError(f"cannot make the folders of the warehouse: {error}") from error

    def attach_sql(self, target: str, name: str = "lake") -> str:
        """Attaches the catalog `target` as `name`. The URL decides where the data lie, so that a home may
        be moved; nothing is inlined, since the reader file reads Parquet files alone."""
        options = f"DATA_PATH {quoted(self.data)}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0"
        journal = ", META_JOURNAL_MODE 'WAL'" if self.catalog == "sqlite" else ""
        return f"ATTACH {quoted(f'ducklake:{self.catalog}:{target}')} AS {name} ({options}{journal})"

    @property
    def extensions(self) -> list[str]:
        """What DuckDB needs for it."""
        return [f"{self.catalog}_scanner", "ducklake", *(["httpfs"] if self.is_remote else [])]

    def is_there(self) -> bool:
        """Whether a SQLite catalog is; of a server only connecting to it tells."""
        return self.catalog == "postgres" or Path(self.target).exists()

    @property
    def attach_gate_sql(self) -> str:
        """Attaches the PostgreSQL server as `gate`."""
        return f"ATTACH {quoted(self.target)} AS gate (TYPE postgres)"


def quoted(text: str) -> str:
    """A literal for those statements that cannot bind: ATTACH, SET, COMMENT."""
    return "'" + text.replace("'", "''") + "'"
