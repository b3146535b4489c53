"""Parses a page once: its lxml tree, and the statements of its head."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from schemas.items.outcome import Reason, Refusal
from tasks.pure.page.json_ld import JsonLdArticle, read_json_ld
from tasks.pure.page.shadow_roots import show_hidden_text
from tasks.pure.text.clean import one_field, one_line
from tasks.pure.urls.normalise import absolute

TAGS_AT_MOST = 250_000
"""trafilatura cannot read a page with more in the 20 s that a cage allows (100,000 links: 6 s)."""
DEPTH_AT_MOST = 1000
ATTRIBUTES_AT_MOST = 5000
"""libxml2 compares each attribute of a tag with all before it: 200,000 take 50 s."""
_KEPT_VALUES = 50
_META_NAMES = ("property", "name", "http-equiv", "itemprop")
_MICRODATA = ("headline", "datePublished", "dateModified", "author", "description", "articleSection", "keywords")


@dataclass(frozen=True, slots=True)
class Page:
    """`url` is the one that answered, `base_url` the one that links are relative to. `metas` by name,
    property or http-equiv in lower case, `microdata` by itemprop; both hold values in document order.
    `markup` is what `tree` was parsed from, `canonical` is as written, `language` as in `<html lang>`;
    None: not stated."""

    tree: HtmlElement
    url: str
    base_url: str
    metas: Mapping[str, tuple[str, ...]]
    microdata: Mapping[str, tuple[str, ...]]
    stated: JsonLdArticle
    markup: str = ""
    title: str | None = None
    canonical: str | None = None
    language: str | None = None

    def meta(self, *names: str) -> str | None:
        """The first value of the first of these metas that has one."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    @property
    def site_name(self) -> str | None:
        """The outlet's name, as the page states it."""
        return self.meta("og:site_name", "application-name") or self.stated.publisher


def read_page(text: str, url: str) -> Page | Refusal:
    """The page; refuses PARSE_ERROR where it has too many tags, nests too deep or is no HTML at all."""
    fault = _too_large(text)
    if fault:
        return Refusal(reason=Reason.PARSE_ERROR, detail=fault)
    tree = _parse(text)
    if tree is None:
        return Refusal(reason=Reason.PARSE_ERROR, detail="no HTML tree")
    if _deeper_than(tree, DEPTH_AT_MOST):
        return Refusal(reason=Reason.PARSE_ERROR, detail=f"elements nest deeper than {DEPTH_AT_MOST}")
    return _page(tree, url, text)


def unpruned(page: Page) -> Page:
    """The page with a freshly parsed tree, since rules remove elements from the tree they get."""
    tree = _parse(page.markup)
    assert tree is not None, "what was parsed once can be parsed again"
    return replace(page, tree=tree)


_PARSER_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement)
"""Makes every element a plain `HtmlElement`: lxml.html's own lookup calls Python for each element."""
_LONG_TAG = re.compile(rf"<[^\W\d_][^<>]{{{ATTRIBUTES_AT_MOST},}}")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_NOT_IN_XML = bytes({*range(0x20)} - {*b"\t\n\f\r"})
"""Characters that libxml2 reads in HTML and lxml refuses to write: trafilatura sets the texts of a tree."""
_BLANK_FOR_FORM_FEED = bytes.maketrans(b"\f", b" ")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_REFERENCE_NOT_IN_XML = re.compile(
    rb"&#(?:0{0,8}(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])|[xX]0{0,8}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]));"
)
_MAY_BE_DEEP = etree.XPath(f"boolean({'/*' * 100})")
_ITEMPROP = re.compile("item[pP]rop")
_WITH_ITEMPROP = etree.XPath("//*[@itemprop]")


def _parse(text: str) -> HtmlElement | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_PARSER_CLASSES)
    declared = _XML_DECLARATION.match(text, 0, 2000)
    raw = text[declared.end() :] if declared else text
    try:
        tree = lxml_html.document_fromstring(_writable(raw.encode("utf-8", "replace")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return show_hidden_text(tree) if isinstance(tree.tag, str) else None


def _writable(markup: bytes) -> bytes:
    """The markup without characters and references that no text of a tree may be set to."""
    kept = markup.translate(_BLANK_FOR_FORM_FEED, delete=_NOT_IN_XML)
    for noncharacter in _NONCHARACTERS:
        kept = kept.replace(noncharacter, b"")
    return _REFERENCE_NOT_IN_XML.sub(b"", kept)


def _too_large(text: str) -> str | None:
    tags = text.count("<")
    if tags > TAGS_AT_MOST:
        return f"{tags} tags, at most {TAGS_AT_MOST}"
    attributes = max((tag.count("=") for tag in _long_tags(text)), default=0)
    return (
        f"{attributes} attributes in a tag, at most {ATTRIBUTES_AT_MOST}" if attributes > ATTRIBUTES_AT_MOST else None
    )


def _long_tags(text: str) -> Iterator[str]:
    """The tags long enough for too many attributes. Each covers a multiple of that length, so only those places are
    searched, not every tag."""
    for place in range(ATTRIBUTES_AT_MOST, len(text), ATTRIBUTES_AT_MOST):
        start = text.rfind("<", place - ATTRIBUTES_AT_MOST, place)
        is_long = start >= 0 and text.find(">", start, start + ATTRIBUTES_AT_MOST) < 0
        found = _LONG_TAG.match(text, start) if is_long else None
        if found:
            yield found[0]


def _deeper_than(tree: HtmlElement, limit: int) -> bool:
    depth = 0
    if not _MAY_BE_DEEP(tree):
        return False
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _page(tree: HtmlElement, url: str, markup: str) -> Page:
    node = tree.find(".//title")
    title = one_field(node.text_content(), 1000) if node is not None else None
    metas = _metas(tree)
    named = next(iter(metas.get("og:title", ())), title) or ""
    return Page(
        tree=tree,
        url=url,
        base_url=_base(tree, url),
        metas=metas,
        microdata=_microdata(tree) if _ITEMPROP.search(markup) else {},
        stated=read_json_ld(_ld_scripts(tree), url, named),
        markup=markup,
        title=title,
        canonical=_canonical(tree),
        language=tree.get("lang") or tree.get("xml:lang"),
    )


def _ld_scripts(tree: HtmlElement) -> list[str]:
    scripts = tree.iter("script")
    return [node.text for node in scripts if "ld+json" in (node.get("type") or "").lower() and node.text]


def _base(tree: HtmlElement, url: str) -> str:
    """`<base href>`, where it leads to http or https; nothing is fetched from it."""
    base = next((node.get("href") for node in tree.iter("base") if node.get("href")), None)
    found = absolute(base, url) if base else url
    return url if isinstance(found, Refusal) else found


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for node in tree.iter("meta"):
        stated = (node.get(attribute) for attribute in _META_NAMES)
        name = next((value.strip().lower() for value in stated if value), "")
        value = one_field(node.get("content"), 4096)
        if name and value and len(found.setdefault(name[:100], [])) < _KEPT_VALUES:
            found[name[:100]].append(value)
    return {name: tuple(values) for name, values in found.items() if values}


def _microdata(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for node in _WITH_ITEMPROP(tree):
        for name in (node.get("itemprop") or "").split()[:5]:
            if name in _MICRODATA and len(found.setdefault(name, [])) < _KEPT_VALUES:
                value = one_field(node.get("content") or node.get("datetime") or _inner_name(node), 1000)
                found[name] += [value] if value else []
    return {name: tuple(values) for name, values in found.items() if values}


def _inner_name(node: HtmlElement) -> str:
    inner = node.find(".//*[@itemprop='name']")
    chosen = node if inner is None else inner
    return chosen.get("content") or one_line(" ".join(chosen.itertext()))[:1000]


def _canonical(tree: HtmlElement) -> str | None:
    for node in tree.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split() and node.get("href"):
            return str(node.get("href")).strip()[:4096]
    return None
