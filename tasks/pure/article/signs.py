"""The signs by which a page is told to be no article, or not the whole of one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from tasks.pure.article.labels import marks
from tasks.pure.article.labels.live_entries import live_entries, says_live
from tasks.pure.article.labels.phrase_book import phrase_book
from tasks.pure.article.labels.walls import PaywallText, wall_class, walls_in
from tasks.pure.page.parse import Page
from tasks.pure.page.shown import shown_parts
from tasks.pure.text.clean import one_line

_SHOWN_CHARS = 20_000
_SCRIPT_CHARS = 2000
_LINK_CHARS = 80
_SITE_PARTS = frozenset(("nav", "header", "footer"))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows before parts are removed: its titles, its first 20,000 visible characters, and marks
    in its markup (None: no such mark). `challenge_mark` is on challenge pages alone, `captcha_mark` on other pages
    too. `walls` are a paywall's texts outside of the site's header, menu and footer. `read_on` is a link to more,
    `whole_link` one to the whole text. `live` is a title or URL of a live blog, `entries` its entries.
    `asks_password`: it has a password field. Hidden elements show nothing."""

    heads: tuple[str, ...] = ()
    shown: str = ""
    challenge_mark: str | None = None
    captcha_mark: str | None = None
    walls: tuple[PaywallText, ...] = ()
    paywall_class: str | None = None
    read_on: str | None = None
    whole_link: str | None = None
    live: str | None = None
    entries: str | None = None
    asks_password: bool = False


NO_SIGNS = Signs()
"""For a text that is long enough to be whole whatever else the page shows."""


def read_signs(page: Page) -> Signs:
    """The signs of a page; its tree must be whole, before the text rules remove parts of it."""
    parts = list(shown_parts(page.tree))
    shown = [part for part in parts if not isinstance(part, str)]
    headings = (one_line("".join(node.itertext())) for node in shown if node.tag == "h1")
    heads = tuple(text for text in (page.title, *headings) if text)[:4]
    links = [one_line("".join(node.itertext()))[:_LINK_CHARS] for node in shown if node.tag == "a"]
    marked = "\n".join(_marks(page)).lower()
    own = list(shown_parts(page.tree, _SITE_PARTS))
    live = says_live(heads, page.url)
    return Signs(
        heads=heads,
        shown=_text_of(parts),
        challenge_mark=match(marks.CHALLENGE_MARK, marked, "mark"),
        captcha_mark=match(marks.CAPTCHA_MARK, marked, "mark"),
        walls=walls_in([part for part in own if not isinstance(part, str)], _text_of(own)),
        paywall_class=wall_class(shown),
        read_on=_link("teaser.links", links),
        whole_link=_link("teaser.whole_links", links),
        live=live,
        entries=live_entries(shown) if live else None,
        asks_password=any((node.get("type") or "").lower() == "password" for node in shown if node.tag == "input"),
    )


def match(pattern: re.Pattern[str], text: str, where: str) -> str | None:
    """The evidence: where the pattern was found, and the words that it found; None: it was not."""
    found = pattern.search(text)
    return f"{where}: {one_line(found[0])[:80]!r}" if found else None


def _link(name: str, texts: Iterable[str]) -> str | None:
    """The first link whose whole text is a phrase of the list."""
    stripped = (text.strip(" .…:>»›→[]()") for text in texts)
    return next((said.at("link") for text in stripped if text and (said := phrase_book().whole(name, text))), None)


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
