"""The source files of real outlets that come with newsdesk, to be copied into a folder of sources."""

from collections.abc import Collection
from pathlib import Path

from schemas.errors import SettingsError
from schemas.sources.source import Source
from tasks.sources.source_folder import read_sources


def outlets() -> tuple[Source, ...]:
    """Every source that comes with newsdesk, sorted by slug."""
    return read_sources(_folder())


def copy_outlets(folder: Path, countries: Collection[str]) -> tuple[list[str], list[str]]:
    """Copy the files of the countries' outlets (ISO 3166-1 alpha-2, lower case) into the folder, which is made. The
    slugs that were written, and those whose file was there and is kept. Raises `SettingsError` where nothing can be
    written."""
    written: list[str] = []
    kept: list[str] = []
    chosen = [source.slug for source in outlets() if source.country in countries]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for slug in chosen:
            (written if _copy(folder, f"{slug}.toml") else kept).append(slug)
    except OSError as error:
        raise SettingsError(f"cannot write source files into {str(folder)!r}: {error.strerror}") from error
    return written, kept


def _copy(folder: Path, name: str) -> bool:
    try:
        with (folder / name).open("xb") as file:
            file.write((_folder() / name).read_bytes())
    except FileExistsError:
        return False
    return True


def _folder() -> Path:
    """In a wheel beside this file (`force-include` in pyproject.toml), in the repository its folder of sources."""
    shipped = Path(__file__).parent / "outlets"
    return shipped if shipped.is_dir() else Path(__file__).parents[2] / "sources"
