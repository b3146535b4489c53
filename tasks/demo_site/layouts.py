"""Layouts: each outlet's HTML, one file of named fragments in `templates/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Layout:
    """Fragments by name; `$name` in one is a value that is already HTML."""

    fragments: Mapping[str, Template]

    def fill(self, fragment: str, **values: str) -> str:
        """The fragment with its values; raises `KeyError` for a fragment or a value that is missing."""
        return self.fragments[fragment].substitute(values)

    def fill_known(self, fragment: str, **values: str | None) -> str:
        """The fragment, or nothing where one of the values is None or empty."""
        known = {name: value for name, value in values.items() if value}
        return self.fill(fragment, **known) if len(known) == len(values) else ""


@cache
def read_layout(outlet: str) -> Layout:
    """The layout of an outlet; a fragment begins after its line `<!-- fragment: NAME -->`."""
    text = (TEMPLATES / f"{outlet}.html").read_text(encoding="utf-8")
    parts = re.split(r"^<!-- fragment: (\w+) -->\n", text, flags=re.MULTILINE)[1:]
    return Layout({name: Template(html.strip()) for name, html in zip(parts[::2], parts[1::2], strict=True)})
