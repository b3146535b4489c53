"""Authors: the people that a page names, and not its desk, agency, e-mail or URL."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from schemas.article import AUTHORS_AT_MOST
from tasks.pure.pages import Page, stands_apart
from tasks.pure.texts import key, one_line

_BY = re.compile(
    r"^(?:(?:written|reported|posted|published|story|words|text)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|na|autor(?:in|zy)?|auteur|autore|автор|авторка|текст|texto)\s*[:：]?\s+|"
    r"^(?:by|autor|автор|author|글|文|記者|기자)\s*[:：]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|·•/&、，]|\s(?:and|und|et|y|e|i|и|та|і|og|och|en|ve|with|con|mit|avec)\s|\n)\s*", re.IGNORECASE
)
_LINK_OR_MAIL = re.compile(r"\S*(?:://|@|www\.)\S*")
_BRACKETED = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_WRITTEN = re.compile(
    r"written|verfasst|geschrieben|écrit|escrito|scritto|автор|skrevet|skriven|napis", re.IGNORECASE
)
_NO_PERSON = re.compile(
    r"@|https?:|www\.|\.com\b|\d{2}|\b(?:staff|desk|editors?|editorial|newsroom|redaktion|redaktionen|redactie|redacción|redacao|redação|"
    r"redazione|rédaction|redakcja|redakce|redaction|toimitus|agency|agencies|agence|agencia|agenturen?|agentur|press|news|"
    r"media|team|correspondents?|korrespondent(?:in)?|reporters?|journalists?|journalistin?|contributors?|admin|administrator|guest|"
    r"newspaper|magazine|times|tribune|online|reuters|afp|dpa|apa|ansa|efe|epd|kna|sid|tass|xinhua|ukrinform|unian|"
    r"yonhap|bloomberg|wires?|service|author|unknown|anonymous|none|null|webmaster|photos?|photograph(?:er|y|s)?|getty|editor-in-chief|"
    r"redattore|редакция|редакція|інформагентство|агентство|новини|новости|updated|published|minutes?|read)\b|편집|뉴스팀|通信|新聞|編集部",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*[-–—|]\s.*$|\s+(?:기자|특파원|記者)\s*$|"
    r",?\s+(?:(?:chief|senior|staff|political|foreign|science|health|sports?|business|technology|world|us|uk|special|deputy|associate|"
    r"national|diplomatic|environment|economics?|royal|education|culture|arts)\s+)*(?:correspondent|reporter|editor|writer|columnist|"
    r"producer|critic|analyst|journalist|contributor|in\s+[A-Z]\w+)\s*$",
    re.IGNORECASE,
)
_NAME_CHARS = 60
_NAME_WORDS = 6
_BYLINE_TAGS = ("a", "span", "p", "div", "address", "strong", "em", "li")
_BYLINE = re.compile(
    r"byline|author(?!-?(?:image|photo|pic|avatar|box|bio|desc))|(?:^|[\s_-])(?:writer|autor|auteur|journalist)"
)
_AUTHOR_PAGE = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|profile|journalists?|people|staff)/[^/?#]+")
_BYLINE_CHARS = 120
_BYLINES_READ = 4
_METAS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")


def choose_authors(page: Page, feed_authors: Iterable[str], outlet: str) -> tuple[str, ...]:
    """People in the page's order, at most 20; empty where only an outlet or nobody is named. The first
    origin that names a person counts: JSON-LD, metas, byline elements, the feed."""
    sites = {key(name) for name in (outlet, page.site_name, page.stated.publisher) if name and key(name)}
    stated = [credit.name for credit in page.stated.credits if credit.is_person is not False]
    metas = [value for name in _METAS for value in page.metas.get(name, ())[:AUTHORS_AT_MOST]]
    for texts in (stated, metas, _labelled(page)):
        people = _people(texts, sites)
        if people:
            return people
    return _from_bylines(page, sites) or _people(list(feed_authors), sites)


def _labelled(page: Page) -> list[str]:
    """What `twitter:label1` calls the writer (WordPress with Yoast)."""
    label, value = page.meta("twitter:label1"), page.meta("twitter:data1")
    return [value] if label and value and _WRITTEN.search(label) else []


def _from_bylines(page: Page, sites: set[str]) -> tuple[str, ...]:
    """The people of the first short element that marks itself as the byline, or links to an author's page."""
    for is_marked in (_is_author_link, _is_byline):
        marked = (node for node in page.tree.iter(*_BYLINE_TAGS) if is_marked(node) and not stands_apart(node))
        texts = (text for node in marked if 1 < len(text := _byline(node)) <= _BYLINE_CHARS)
        for text in islice(texts, _BYLINES_READ):
            people = _people([text], sites)
            if people:
                return people
    return ()


def _is_author_link(node: HtmlElement) -> bool:
    return node.get("rel") == "author" or (node.tag == "a" and bool(_AUTHOR_PAGE.search(node.get("href") or "")))


def _is_byline(node: HtmlElement) -> bool:
    return node.get("itemprop") == "author" or bool(_BYLINE.search((node.get("class") or "").lower()))


def _byline(node: HtmlElement) -> str:
    links = [one_line(" ".join(link.itertext())) for link in node.iter("a") if link is not node]
    text = ", ".join(link for link in links if link) or " ".join(node.itertext())
    return one_line(text)[:300]


def _people(texts: list[str], sites: set[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in texts[: AUTHORS_AT_MOST * 3]:
        bare = _BRACKETED.sub(" ", _LINK_OR_MAIL.sub(" ", one_line(text)[:500]))
        for part in _SPLIT.split(_BY.sub("", bare)):
            name = _person(part, sites)
            if name:
                names.setdefault(key(name), name)
    return tuple(names.values())[:AUTHORS_AT_MOST]


def _person(text: str, sites: set[str]) -> str | None:
    """The bare name, or None where the text names no person."""
    name = _ROLE.sub("", _BY.sub("", text)).strip(" .:*\"'")
    bare = key(name)
    if " " not in name and _NO_PERSON.search(text):
        return None
    if not 1 < len(name) <= _NAME_CHARS or len(name.split()) > _NAME_WORDS or not bare:
        return None
    if _NO_PERSON.search(name) or any(bare == site or (len(bare) > 3 and bare in site) for site in sites):
        return None
    return name
