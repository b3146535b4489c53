"""Which parts of a page a reader sees: a paywall that waits, hidden, in every page says nothing of this one."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "title"))
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
"""Hidden until a script has run (against flicker), and shown then."""
_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_HIDING_NAMES = frozenset(("hidden", "is-hidden", "u-hidden", "d-none", "hide", "display-none", "visually-hidden"))
"""Class names by which the common style sheets (Bootstrap, Tailwind, Foundation, HTML5 Boilerplate) hide."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_BLOCK = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_NAME = re.compile(r"[.#][\w-]+")
_STYLE_CHARS = 200_000


def shown_parts(tree: HtmlElement, passed_over: frozenset[str] = frozenset()) -> Iterator[HtmlElement | str]:
    """The elements that a reader may see and the texts between them, in document order, those of the head too.

    Left out with all that they hold: scripts and styles, `noscript`, `template`, a `dialog` that is not open, and
    what `hidden`, `aria-hidden`, an inline style, a common class name, or the page's own style sheet hides; also
    elements with a tag of `passed_over` that stand outside of `article` and `main`."""
    hidden = _hidden_names(tree)
    waiting: list[HtmlElement | str] = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif not is_hidden(part, hidden) and not (part.tag in passed_over and _is_of_site(part)):
            yield part
            waiting += reversed([part.text or "", *(each for child in part for each in (child, child.tail or ""))])


def _is_of_site(node: HtmlElement) -> bool:
    return next(node.iterancestors("article", "main"), None) is None


def is_hidden(node: HtmlElement, hidden: frozenset[str] = frozenset()) -> bool:
    """Whether this element itself hides all that it holds. `hidden`: selectors that a style sheet hides (`.wall`)."""
    if node.tag in _UNSEEN or (node.tag == "dialog" and node.get("open") is None):
        return True
    if node.tag in _WHOLE_PAGE or not node.attrib:
        return False
    if node.get("hidden") is not None or (node.get("aria-hidden") or "").lower() == "true":
        return True
    names = (node.get("class") or "").split()
    is_named = any(name in _HIDING_NAMES or f".{name}" in hidden for name in names)
    return is_named or f"#{node.get('id')}" in hidden or bool(_STYLE.search(node.get("style") or ""))


def _hidden_names(tree: HtmlElement) -> frozenset[str]:
    """The selectors of one class or id for which a style sheet in the page says `display: none`, in all media."""
    text = "\n".join(node.text or "" for node in tree.iter("style"))[:_STYLE_CHARS]
    if "none" not in text:
        return frozenset()
    rules = _RULE.findall(_AT_BLOCK.sub("", _COMMENT.sub("", text)))
    selectors = (name.strip() for names, said in rules if _STYLE.search(said) for name in names.split(","))
    return frozenset(name for name in selectors if _NAME.fullmatch(name))
