"""`python -m docs._generate`: writes the reference; `python -m docs._generate tutorial`: runs the tutorial again."""

import sys
from pathlib import Path

from docs._generate.api import api_pages
from docs._generate.reference import PAGES, REFERENCE
from docs._generate.tutorial import TUTORIALS, recorded


def write_reference() -> None:
    """Write every page of the reference, and delete API pages of rooms that are gone."""
    pages = {name: page() for name, page in PAGES.items()} | api_pages()
    for stale in set((REFERENCE / "api").glob("*.md")) - {REFERENCE / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        _write(REFERENCE / name, text)


def write_tutorials() -> None:
    """Run the commands of the tutorials again and write what they print."""
    for path in TUTORIALS:
        _write(path, recorded(path.read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    write_tutorials() if sys.argv[1:] == ["tutorial"] else write_reference()
