"""Extensions of the database, as packages of the package index carry them."""

from importlib.util import find_spec
from pathlib import Path

from schemas.errors import UsageError

EXTRAS = {"postgres_scanner": "postgres", "httpfs": "s3"}
"""Extras of newsdesk that bring an extension; the others come with newsdesk itself."""


def packaged(name: str, version: str) -> Path:
    """The signed binary of that version of the database. Raises `UsageError`, which says what to install, where no
    package of it is installed: nothing is downloaded at run time."""
    spec = find_spec(f"duckdb_extension_{name}")
    folders = (spec and spec.submodule_search_locations) or ()
    paths = [Path(folder) / "extensions" / f"v{version}" / f"{name}.duckdb_extension" for folder in folders]
    for path in paths:
        if path.exists():
            return path
    extra = (
        f"'newsdesk[{EXTRAS[name]}]'" if name in EXTRAS else f"'duckdb-extension-{name.replace('_', '-')}=={version}'"
    )
    raise UsageError(f"the extension {name!r} of DuckDB is not installed: pip install {extra}")
