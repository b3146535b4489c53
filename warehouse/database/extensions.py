"""Extensions of the database, as packages of the package index carry them."""

from importlib.util import find_spec
from pathlib import Path


def packaged(name: str, version: str) -> Path | None:
    """The signed binary of that version of the database; None: no package of it is installed."""
    spec = find_spec(f"duckdb_extension_{name}")
    folders = (spec and spec.submodule_search_locations) or ()
    paths = [Path(folder) / "extensions" / f"v{version}" / f"{name}.duckdb_extension" for folder in folders]
    return next((path for path in paths if path.exists()), None)
