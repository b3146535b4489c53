"""The signs by which a page is told to be no article, or not the whole of one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.pure.article import gate_phrases
from tasks.pure.page.parse import Page
from tasks.pure.page.shown import shown_parts
from tasks.pure.text.clean import one_line

_SHOWN_CHARS = 20_000
_SCRIPT_CHARS = 2000
_WALL_CHARS = 600
_SITE_PARTS = frozenset(("nav", "header", "footer"))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows before parts are removed: its titles, its first 20,000 visible characters, and marks
    in its markup (None: no such mark). `challenge_mark` is on challenge pages alone, `captcha_mark` on other pages
    too. `barred` is a paywall's text outside of the site's header, menu and footer. `asks_password`: it has a
    password field. Hidden elements show nothing."""

    heads: tuple[str, ...]
    shown: str
    challenge_mark: str | None
    captcha_mark: str | None
    barred: str | None
    paywall_class: str | None
    read_on: str | None
    asks_password: bool = False


NO_SIGNS = Signs((), "", None, None, None, None, None)
"""For a text that is long enough to be whole whatever else the page shows."""


def read_signs(page: Page) -> Signs:
    """The signs of a page; its tree must be whole, before the text rules remove parts of it."""
    parts = list(shown_parts(page.tree))
    shown = [part for part in parts if not isinstance(part, str)]
    headings = (one_line("".join(node.itertext())) for node in shown if node.tag == "h1")
    links = (one_line("".join(node.itertext()))[:60] for node in shown if node.tag == "a")
    marks = "\n".join(_marks(page)).lower()
    return Signs(
        heads=tuple(text for text in (page.title, *headings) if text)[:4],
        shown=_text_of(parts),
        challenge_mark=match(gate_phrases.CHALLENGE_MARK, marks, "mark"),
        captcha_mark=match(gate_phrases.CAPTCHA_MARK, marks, "mark"),
        barred=match(gate_phrases.PAYWALL, _text_of(shown_parts(page.tree, _SITE_PARTS)), "text"),
        paywall_class=_wall(shown),
        read_on=first(gate_phrases.READ_ON, links, "link"),
        asks_password=any((node.get("type") or "").lower() == "password" for node in shown if node.tag == "input"),
    )


def first(pattern: re.Pattern[str], texts: Iterable[str], where: str) -> str | None:
    """The evidence of the first text in which the pattern is found."""
    return next((said for text in texts if (said := match(pattern, text, where))), None)


def match(pattern: re.Pattern[str], text: str, where: str) -> str | None:
    """The evidence: where the pattern was found, and the words that it found; None: it was not."""
    found = pattern.search(text)
    return f"{where}: {one_line(found[0])[:80]!r}" if found else None


def _text_of(parts: Iterable[HtmlElement | str]) -> str:
    texts, chars = [], 0
    for part in parts:
        if isinstance(part, str) and part:
            texts.append(part)
            chars += len(part)
        if chars > _SHOWN_CHARS:
            break
    return one_line(" ".join(texts))[:_SHOWN_CHARS]


def _marks(page: Page) -> Iterator[str]:
    """What names a challenge in the markup. A captcha in a form with a text area guards comments or letters."""
    for node in page.tree.iter("script", "div", "form", "iframe"):
        if next(node.iterancestors("form"), node).find(".//textarea") is None:
            text = (node.text or "")[:_SCRIPT_CHARS] if node.tag == "script" else ""
            yield f"{node.get('src') or ''} {node.get('id') or ''} {node.get('class') or ''} {text}"


def _wall(shown: Iterable[HtmlElement]) -> str | None:
    """The class or id of a box that is named as a paywall and holds a few words. Publishers give such a name also to
    the box around the whole text, and to one that stays empty unless a script fills it."""
    for node in shown:
        if node.tag in ("div", "section", "aside", "p"):
            said = match(
                gate_phrases.PAYWALL_CLASS, f"{node.get('class') or ''} {node.get('id') or ''}".lower(), "class"
            )
            if said and 0 < len(one_line("".join(node.itertext()))) < _WALL_CHARS:
                return said
    return None
