"""What a built page would ask another host for: scripts, styles, fonts, pictures, frames; not links for people."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import html

_LOADED = (
    "//script/@src | //img/@src | //img/@srcset | //iframe/@src | //source/@src | //source/@srcset | //video/@src | "
    "//audio/@src | //embed/@src | //object/@data | //*[local-name()='use' or local-name()='image']/@href | "
    "//link[not(@rel='canonical' or @rel='alternate' or @rel='next' or @rel='prev')]/@href"
)
_DRAWN = "//*[contains(concat(' ', @class, ' '), ' mermaid ')]/@class | //*[@data-md-component='source']/@href"
"""What the theme's script would fetch a library, or figures of a repository, for."""
_IN_STYLES = re.compile(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)")
_OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def outside_requests(site: Path) -> Iterator[str]:
    """`PAGE: URL` for everything below the folder that a browser would load from elsewhere."""
    for file in sorted(site.rglob("*")):
        if file.suffix in (".html", ".css", ".svg"):
            text = file.read_text(encoding="utf-8")
            found = _IN_STYLES.findall(text) + (_of_page(text) if file.suffix == ".html" else [])
            yield from (f"{file.relative_to(site)}: {url}" for url in found)


def _of_page(text: str) -> list[str]:
    tree = html.fromstring(text)
    loaded = [str(url) for url in tree.xpath(_LOADED) if _OUTSIDE.match(str(url).strip())]
    return loaded + [str(found) for found in tree.xpath(_DRAWN)]
