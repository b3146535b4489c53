"""Hooks of mkdocs: what differs between a document in the repository and its page, and what no page may ask for."""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import BuildError

from docs._generate.api import api_pages
from docs._generate.outside import outside_requests

ROOT = Path(__file__).parents[2]
CONTRIBUTING = "contributing.md"
API = "reference/api.md"
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<target>[^)\s:]+)\)")


def on_config(config: Any) -> Any:
    """Put the pages of the API and the decisions below their indices."""
    sections = {title: pages for section in config.nav for title, pages in section.items()}
    reference, [decisions] = sections["Reference"], [one for one in sections["Explanation"] if isinstance(one, dict)]
    reference[reference.index(API)] = {
        "API": [API, *(f"reference/{name}" for name in api_pages() if name != "api.md")]
    }
    decisions["Decisions"] += sorted(f"decisions/{path.name}" for path in (ROOT / "docs/decisions").glob("0*.md"))
    return config


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The text of a page: CONTRIBUTING.md, which forges look for at the root, stands in for its page; and links to
    files of the repository that are no documents are only their text and path."""
    if page.file.src_uri == CONTRIBUTING:
        return rebased((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "CONTRIBUTING.md", CONTRIBUTING)
    return rebased(markdown, f"docs/{page.file.src_uri}", page.file.src_uri)


def on_post_build(config: Any) -> None:
    """Raises `BuildError` where a page would ask another host for something."""
    if found := list(outside_requests(Path(config.site_dir))):
        raise BuildError("pages would ask other hosts: " + "; ".join(found[:10]))


def rebased(markdown: str, path: str, src_uri: str) -> str:
    """The links of the document at `path` (from the root of the repository) as the page `src_uri` has them."""

    def again(found: re.Match[str]) -> str:
        target, mark, anchor = found["target"].partition("#")
        if not target:
            return found[0]
        place = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if not place.startswith("docs/"):
            return found["text"] if found["text"].strip("`") == place else f"{found['text']} (`{place}`)"
        there = posixpath.relpath(place.removeprefix("docs/"), posixpath.dirname(src_uri) or ".")
        return f"[{found['text']}]({there}{mark}{anchor})"

    return _LINK.sub(again, markdown)
