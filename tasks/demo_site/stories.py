"""Stories: the articles as they stand in `content/OUTLET/SLUG.md`, front matter in TOML above the text."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

CONTENT = Path(__file__).parent / "content"

Served = Literal["article", "paywall", "consent", "soft_404", "gone"]
"""The response at the URL; `paywall` shows the first two paragraphs, `gone` is a 404."""

Place = Literal["feed", "sitemap"]


@dataclass(frozen=True)
class DemoStory:
    """One article. Hours are counted back from the opening, minutes on from it; None: never said.

    `blocks` are the text's parts in the markup of `markup.py`. `links` are the forms in which the feed
    lists the story: "" is the plain URL, anything else is appended to it. `correction` is the paragraph
    that edition 2 adds; `bumped_min` is when, in edition 2, the entry says that the story was modified.
    """

    outlet: str
    slug: str
    blocks: tuple[str, ...]
    path: str
    title: str
    teaser: str
    section: str
    dek: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    language: str | None = None
    hours_before: float | None = None
    modified_hours_before: float | None = None
    minutes_after: int | None = None
    bumped_min: int | None = None
    correction: str | None = None
    tags: tuple[str, ...] = ()
    caption: str | None = None
    credit: str | None = None
    bio: str | None = None
    served: Served = "article"
    charset: str = "utf-8"
    has_json_ld: bool = True
    links: tuple[str, ...] = ("",)
    listed_in: tuple[Place, ...] = ("feed", "sitemap")
    since_edition: int = 1
    special: str | None = None

    @property
    def lead_paragraphs(self) -> tuple[str, ...]:
        """The part of a `paywall` story that is shown without a subscription."""
        return self.blocks[:2]


@cache
def read_stories(outlet: str) -> tuple[DemoStory, ...]:
    """The stories of an outlet, by file name; raises `TypeError` for a key that no story has."""
    return tuple(_read_story(path) for path in sorted((CONTENT / outlet).glob("*.md")))


def _read_story(path: Path) -> DemoStory:
    _, front, text = path.read_text(encoding="utf-8").split("+++\n", 2)
    table: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in tomllib.loads(front).items()
    }
    if copy_of := table.pop("text_of", None):
        text = (CONTENT / f"{copy_of}.md").read_text(encoding="utf-8").split("+++\n", 2)[2]
    return DemoStory(outlet=path.parent.name, slug=path.stem, blocks=_blocks(text), **table)


def _blocks(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())
