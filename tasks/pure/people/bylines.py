"""Reads the authors from the byline elements of a page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import dropwhile, islice

from lxml.html import HtmlElement

from tasks.pure.page.apart import OTHERS
from tasks.pure.people.names import all_people, is_byline
from tasks.pure.text.clean import one_line
from tasks.pure.urls.domains import registrable_domain

_BYLINE_TAGS = ("a", "span", "p", "div", "address", "strong", "em", "li", "h4", "h5", "h6", "small", "cite")
_BYLINE = re.compile(
    r"byline|author(?!-?(?:image|photo|pic|avatar|box|bio|desc))|(?:^|[\s_-])(?:writer|autor|auteur|journalist|"
    r"person-link|reporter)"
)
_MICROFORMAT = re.compile(r"(?:^|\s)(?:fn|p-author)(?:\s|$)")
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|profiles?|journalists?|staff|writers?|contributors?|redaktion|redakteure?|"
    r"reporters?|periodistas?|firmas?)/(?:[\w-]+/)?[^/?#]+/?(?:[?#]|$)"
)
_APART = re.compile(rf"{OTHERS}|card|more-|caption|widget|menu")
_BYLINE_CHARS = 120
_BYLINES_READ = (6, 1, 6)
"""Elements read of each rank; a second link to an author's page mostly belongs to another article."""
_INLINE = ("a", "span", "li", "strong", "em")

_LABEL_CHARS, _LONG_CHARS, _NAME_CHARS = 16, 100, 60


def from_bylines(tree: HtmlElement, url: str, sites: set[str]) -> tuple[str, ...]:
    """The people of the first element that marks itself as the byline, surest marks first; of author
    links that stand together, all."""
    ranked: tuple[list[HtmlElement], ...] = ([], [], [])
    around = _around_headline(tree)
    for node in tree.iter(*_BYLINE_TAGS):
        rank = _rank(node, url)
        if rank is not None and not _stands_apart(node, around) and 1 < len(_byline(node)) <= _BYLINE_CHARS:
            ranked[rank].append(node)
    for nodes, read, is_sure in zip(ranked, _BYLINES_READ, (True, True, False), strict=True):
        for node in nodes[:read]:
            texts = [_byline(other) for other in nodes if _are_together(other, node)]
            is_said = is_sure or is_byline(texts[0])
            people = all_people(texts, sites, is_marked=False, is_said=is_said)
            people = people or (_single(texts, sites) if is_sure else ())
            if people:
                return people
    return ()


def _rank(node: HtmlElement, url: str) -> int | None:
    """0 where the element is said to be the author, 1 for a link to an author's page, 2 for a byline's
    class."""
    names, kind = node.get("class"), node.get("rel")
    rank = _rank_of(names) if names else None
    if rank == 0 or node.get("itemprop") == "author" or (kind and "author" in kind.lower().split()):
        return 0
    return 1 if node.tag == "a" and _leads_to_author(node.get("href", ""), url) else rank


@lru_cache(maxsize=8192)
def _rank_of(names: str) -> int | None:
    """The rank by class names alone. Cached: a site has few class names and many elements."""
    low = names.lower()
    return 0 if _MICROFORMAT.search(low) else 2 if _BYLINE.search(low) else None


def _leads_to_author(href: str, url: str) -> bool:
    """Whether the link leads to an author's page on the same site; profiles on other sites do not count."""
    return _names_author_page(href) and ("://" not in href or registrable_domain(url) in href)


@lru_cache(maxsize=8192)
def _names_author_page(href: str) -> bool:
    """Cached: the menu of a site is the same on all of its pages."""
    return bool(_AUTHOR_PAGE.search(href))


def _are_together(other: HtmlElement, node: HtmlElement) -> bool:
    """Whether two marked elements stand side by side, each perhaps in a span or list item of its own."""
    is_inline = node.tag in _INLINE and other.tag in _INLINE
    return other is node or (is_inline and _group(other) is _group(node) and other.get("class") == node.get("class"))


def _group(node: HtmlElement) -> HtmlElement:
    parent = node.getparent()
    above = parent.getparent() if parent is not None and parent.tag in ("span", "li", "em", "strong", "b") else parent
    return node if above is None else above


def _single(texts: list[str], sites: set[str]) -> tuple[str, ...]:
    """A name of one word counts only where the element is marked as the author."""
    people = all_people(texts[:1], sites)
    return people if people and " " not in people[0] and people[0][:1].isupper() else ()


def _around_headline(tree: HtmlElement) -> frozenset[HtmlElement]:
    """The ancestors of the headlines: they hold the article, whatever their class names say."""
    return frozenset(above for heading in islice(tree.iter("h1"), 3) for above in heading.iterancestors())


def _stands_apart(node: HtmlElement, around: frozenset[HtmlElement]) -> bool:
    """Whether an element belongs to a comment, a card or a sidebar. Unlike text, a byline may stand in a
    list or in an article's own footer."""
    for above in node.iterancestors():
        if above in around:
            return False
        names = f"{above.get('class')} {above.get('id')}"
        if above.tag in ("aside", "nav", "figure", "figcaption") or _names_apart(names):
            return True
    return False


@lru_cache(maxsize=8192)
def _names_apart(names: str) -> bool:
    """Cached: byline elements share most of their ancestors."""
    return bool(_APART.search(names.lower()))


def _byline(node: HtmlElement) -> str:
    links = [one_line(" ".join(link.itertext())) for link in node.iter("a") if link is not node]
    text = ", ".join(link for link in links if link) or " ".join(node.itertext())
    return one_line(text)[:300]


def from_text(tree: HtmlElement, sites: set[str]) -> tuple[str, ...]:
    """The people of the first short text after the headline that begins with `By`, or else of a bold line
    that the text begins with."""
    around = _around_headline(tree)
    nodes = (node for node in _after_headline(tree) if node.text and is_byline(_opening(node)))
    for node in islice(nodes, _BYLINES_READ[-1]):
        text = one_line(" ".join(node.itertext())).strip("()（）")
        text += f" {one_line(node.tail or '')}" if text.endswith(":") or len(text) < _LABEL_CHARS else ""
        people = all_people([text], sites, is_marked=False) if len(text) <= _BYLINE_CHARS else ()
        if people and not _stands_apart(node, around):
            return people
    return _from_first_line(tree, around, sites)


def _opening(node: HtmlElement) -> str:
    """How the line of the element begins; a label alone continues after the element."""
    text = (node.text or "").lstrip(" \n(（")
    return f"{text} " if node.tail and len(text) < _LABEL_CHARS else text


def _after_headline(tree: HtmlElement) -> Iterator[HtmlElement]:
    nodes = tree.iter("h1", *_BYLINE_TAGS)
    return nodes if tree.find(".//h1") is None else dropwhile(lambda node: node.tag != "h1", nodes)


def _from_first_line(tree: HtmlElement, around: frozenset[HtmlElement], sites: set[str]) -> tuple[str, ...]:
    """The people of a first paragraph that is wholly bold, where a long paragraph follows."""
    lines = (node for node in _after_headline(tree) if node.tag == "p" and one_line("".join(node.itertext())))
    first = next((node for node in lines if not _stands_apart(node, around)), None)
    following = first.getnext() if first is not None else None
    if first is None or following is None or following.tag != "p":
        return ()
    text = one_line("".join(first.itertext()))
    bold = one_line("".join(text for node in first.iter("strong", "b") for text in node.itertext()))
    is_long = len("".join(following.itertext())) > _LONG_CHARS
    is_name = bold == text and is_long and len(text) < 60
    return all_people([text], sites, is_marked=False, is_said=False) if is_name else ()


def spelled_out(tree: HtmlElement, handles: Iterable[str]) -> tuple[str, ...]:
    """The names on the page that a user name or an e-mail is short for: `a.winter` for Ada Winter."""
    wanted = [[part for part in re.split(r"[._\-\d]+", handle.lower()) if part] for handle in handles]
    if not any(wanted):
        return ()
    texts = (
        one_line(node.text or "") for node in tree.iter("a", "span", "strong", "p", "div", "em") if not len(node)
    )
    for text in texts:
        if 5 <= len(text) <= _NAME_CHARS and any(_is_short_for(parts, text) for parts in wanted if parts):
            people = all_people([text], set(), is_marked=False)
            if people:
                return people
    return ()


def _is_short_for(parts: list[str], name: str) -> bool:
    """Whether the parts are the first and last words of the name, the first perhaps an initial."""
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(letter)
    )
    words = re.findall(r"[^\W\d_]+", bare)
    is_last = len(words) > 1 and len(parts) > 1 and len(parts[-1]) > 3 and parts[-1] == words[-1]
    return is_last and words[0].startswith(parts[0])
