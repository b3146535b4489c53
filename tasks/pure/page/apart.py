"""Which elements of a page belong to something else than its article: comments, cards, lists, sidebars."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

OTHERS = r"comment|related|sidebar|teaser|recommend|promo|latest|trending|popular"
"""Parts of class names and ids, in lower case, of boxes that are not the article's. Bylines and the search for a
day add words of their own: a byline in a caption or menu is not the article's, and a `vcard` is no card."""
_APART = re.compile(rf"{OTHERS}|card|more-")


_BYLINE_CHARS = 60
"""Of one item of a list that stands in for a byline: the day, the author's name, the minutes of reading."""
_LINKED_WORDS = 4
"""A link to an author, a section or a day has no more; a headline has."""
_LEVELS = 3
"""Between such a list and the element that holds it and the headline."""


def stands_apart(node: HtmlElement) -> bool:
    """Whether an element belongs to a comment, a card, a list or a sidebar, and not to the article itself.

    A short list beside the headline is the article's own byline; an element that holds the page's one `h1` is the
    article's own, whatever its name.
    """
    for above in node.iterancestors():
        if above.tag in ("aside", "nav", "footer", "figure") or (above.tag == "li" and not _is_of_byline(above)):
            return True
        names = f"{above.get('class')} {above.get('id')}"
        if above.tag not in ("body", "html", "main") and _names_apart(names) and not _holds_headline(above):
            return True
    return False


def _is_of_byline(item: HtmlElement) -> bool:
    """Whether a list item is of a list of short items beside the headline, none of which is a headline or has a
    second time: a list of other articles has a link, a heading or a time for each."""
    box = item.getparent()
    if box is None or box.tag not in ("ul", "ol") or len(box.findall(".//time")) > len(("published", "modified")):
        return False
    if any(len(" ".join(one.itertext()).strip()) > _BYLINE_CHARS for one in box.iterchildren("li")):
        return False
    if any(len(" ".join(link.itertext()).split()) > _LINKED_WORDS for link in box.iter("a")):
        return False
    if box.find(".//h1") is not None or any(box.find(f".//h{level}") is not None for level in range(2, 7)):
        return False
    near = islice(box.iterancestors(), _LEVELS)
    return any(one.tag not in ("body", "html") and one.find(".//h1") is not None for one in near)


def _holds_headline(node: HtmlElement) -> bool:
    if node.find(".//h1") is None:
        return False
    return next(islice(node.getroottree().iter("h1"), 1, None), None) is None


@lru_cache(maxsize=8192)
def _names_apart(names: str) -> bool:
    """Cached: a site has few class names, and many elements share them."""
    return bool(_APART.search(names.lower()))
