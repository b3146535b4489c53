"""Markup: a story's blocks as HTML, with the furniture that news sites put between paragraphs.

A block is a paragraph, or starts with a sign: `## ` subheading, `> ` quote, `- ` list (points parted by
` - `), `@card SLUG`, `@teaser SLUG` or `@also SLUG SLUG` other stories of the outlet, `@photo CAPTION | CREDIT`.
Inside a block, `*word*` is emphasis and `[text](url)` a link.
"""

import re
from collections.abc import Callable
from html import escape

from tasks.demo_site.layouts import Layout
from tasks.demo_site.stories import DemoStory

Find = Callable[[str], DemoStory]
"""A story of the same outlet by its slug; raises `KeyError`."""

SIGNS = ("## ", "> ", "- ", "@card ", "@teaser ", "@also ", "@photo ")


def render_blocks(blocks: tuple[str, ...], layout: Layout, find: Find) -> str:
    """The blocks as HTML, one below the other."""
    return "\n".join(_render_block(block, layout, find) for block in blocks)


def plain_text(blocks: tuple[str, ...]) -> str:
    """The journalistic text alone: paragraphs, subheadings, quotes and list points, parted by an empty
    line; no teasers and no captions. What an ideal extractor gives."""
    return "\n\n".join(line for block in blocks for line in _plain_lines(block))


def _render_block(block: str, layout: Layout, find: Find) -> str:
    sign = next((sign for sign in SIGNS if block.startswith(sign)), "")
    rest = block.removeprefix(sign)
    match sign.strip():
        case "":
            return f"<p>{_inline(block)}</p>"
        case "##":
            return layout.fill("subhead", text=_inline(rest))
        case ">":
            return layout.fill("quote", text=_inline(rest))
        case "-":
            return f"<ul>{''.join(f'<li>{_inline(point)}</li>' for point in rest.split(' - '))}</ul>"
        case "@photo":
            caption, credit = rest.split(" | ")
            return layout.fill("photo", caption=_inline(caption), credit=_inline(credit), image="/media/inline.svg")
        case "@also":
            points = (layout.fill("also_point", **story_values(find(slug))) for slug in rest.split())
            return layout.fill("also", points="".join(points))
        case furniture:
            return layout.fill(furniture.removeprefix("@"), **story_values(find(rest)))


def story_values(story: DemoStory) -> dict[str, str]:
    """What a fragment that points at `story` can name, escaped."""
    return {"url": escape(story.path), "title": escape(story.title), "teaser": escape(story.teaser)}


def _inline(text: str) -> str:
    linked = re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', escape(text))
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", linked)


def _plain_lines(block: str) -> list[str]:
    if block.startswith("@"):
        return []
    bare = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", block).replace("*", "")
    if bare.startswith("- "):
        return bare.removeprefix("- ").split(" - ")
    return [bare.removeprefix("## ").removeprefix("> ")]
