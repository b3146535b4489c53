"""Which elements of a page belong to something else than its article: comments, cards, lists, sidebars."""

import re
from functools import lru_cache

from lxml.html import HtmlElement

OTHERS = r"comment|related|sidebar|teaser|recommend|promo|latest|trending|popular"
"""Parts of class names and ids, in lower case, of boxes that are not the article's. Bylines and the search for a
day add words of their own: a byline in a caption or menu is not the article's, and a `vcard` is no card."""
_APART = re.compile(rf"{OTHERS}|card|more-")


def stands_apart(node: HtmlElement) -> bool:
    """Whether an element belongs to a comment, a card, a list or a sidebar, and not to the article itself."""
    for above in node.iterancestors():
        if above.tag in ("aside", "nav", "footer", "li", "figure"):
            return True
        names = f"{above.get('class')} {above.get('id')}"
        if above.tag not in ("body", "html", "main") and _names_apart(names):
            return True
    return False


@lru_cache(maxsize=8192)
def _names_apart(names: str) -> bool:
    """Cached: a site has few class names, and many elements share them."""
    return bool(_APART.search(names.lower()))
