"""Reads what a page's JSON-LD states about its article, also where it is malformed."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from tasks.pure.text.clean import likeness, lines, one_field

_TYPES = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review|Recipe)$")
_WRAPPED = re.compile(r"^\s*(?:<!--|(?://\s*)?<!\[CDATA\[|/\*.*?\*/)|(?:-->|(?://\s*)?\]\]>)\s*;?\s*$", re.DOTALL)
_COMMAS = re.compile(r'("(?:[^"\\]|\\.)*+"?)|([\[{])(?:\s*,)+|,(?=\s*(?:[,}\]]|$))', re.DOTALL)
"""Strings, which are kept, and commas behind an opening bracket, and before a comma, a closing bracket or the end."""
_BETWEEN = re.compile(r"[\s,;]*+")
_OBJECTS_AT_MOST = 100
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "liveBlogUpdate")
_NODES_AT_MOST = 5000
_SCRIPT_CHARS = 2_000_000
_BODY_CHARS = 500_000
Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class Credit:
    """One author as stated; `is_person` None: the type was not given."""

    name: str
    is_person: bool | None = None


@dataclass(frozen=True, slots=True)
class JsonLdArticle:
    """The article node of a page; None or empty where it states nothing usable. Dates are as written.
    `node` is the whole node, as parsed: `text` reads properties that have no field here."""

    types: frozenset[str] = frozenset()
    headline: str | None = None
    description: str | None = None
    body: str | None = None
    credits: tuple[Credit, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    publisher: str | None = None
    language: str | None = None
    is_free: bool | None = None
    words: int | None = None
    node: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def text(self, name: str, limit: int = 1000) -> str | None:
        """A property of the node as one line of plain text, cut to `limit` characters; None: absent, or no text."""
        return one_field(self.node.get(name), limit)

    @property
    def page_url(self) -> str | None:
        """The URL of the page that the article stands on, as written (`mainEntityOfPage`)."""
        page = self.node.get("mainEntityOfPage")
        return one_field(page.get("@id") if isinstance(page, dict) else page, 4096)

    @property
    def is_article(self) -> bool:
        """Whether an article node was found at all."""
        return any(_TYPES.search(name) for name in self.types)


def read_json_ld(scripts: list[str], url: str = "", title: str = "") -> JsonLdArticle:
    """The article node among all JSON-LD scripts of a page; an empty one where there is none.

    Of several article nodes (related articles) the node with the page's `url` counts, else the node whose headline
    is most like the page's `title`. Broken scripts and fields are ignored; never raises."""
    nodes = [node for script in scripts for node in _nodes(_load(script))]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if any(_TYPES.search(name) for name in _types(node))]
    best = max(articles, key=lambda node: _closeness(node, url, title), default=None)
    if best is None:
        return JsonLdArticle(types=frozenset(name for node in nodes for name in _types(node)))
    return _state(best, by_id)


def _load(script: str) -> object:
    text = script[:_SCRIPT_CHARS]
    for mend in (str, _unwrapped, _without_idle_commas, _unescaped):
        try:
            return orjson.loads(mend(text))
        except orjson.JSONDecodeError:
            continue
    return _several(_without_idle_commas(text))


def _several(text: str) -> list[object]:
    """The values that follow each other in one script, at most 100, up to the first that is no JSON. Line breaks in
    strings are allowed."""
    decoder, found, at = json.JSONDecoder(strict=False), list[object](), 0
    while len(found) < _OBJECTS_AT_MOST:
        start = _BETWEEN.match(text, at)
        try:
            value, at = decoder.raw_decode(text, start.end() if start else at)
        except (ValueError, RecursionError):
            break
        found.append(value)
    return found


def _unwrapped(text: str) -> str:
    return _WRAPPED.sub("", text).strip().strip(";")


def _without_idle_commas(text: str) -> str:
    return _COMMAS.sub(lambda found: found[1] or found[2] or "", _unwrapped(text))


def _unescaped(text: str) -> str:
    return html.unescape(_unwrapped(text))


def _nodes(root: object) -> Iterator[Node]:
    """Every object of the graph in document order, lists and graphs flattened; bounded, no recursion."""
    stack, seen = [root], 0
    while stack and seen < _NODES_AT_MOST:
        value = stack.pop()
        seen += 1
        if isinstance(value, list):
            stack += reversed(value[:_NODES_AT_MOST])
        elif isinstance(value, dict):
            yield value
            stack += [value[part] for part in _PARTS if isinstance(value.get(part), (dict, list))]


def _types(node: Node) -> tuple[str, ...]:
    stated = node.get("@type")
    named = stated if isinstance(stated, list) else [stated]
    return tuple(name.rsplit("/", 1)[-1] for name in named if isinstance(name, str))


def _closeness(node: Node, url: str, title: str) -> tuple[bool, float, int]:
    page = node.get("mainEntityOfPage")
    named = (node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page)
    is_here = any(isinstance(name, str) and _path(name) == _path(url) for name in named)
    return is_here, round(likeness(one_field(node.get("headline")) or "", title), 1), len(node)


def _path(url: str) -> str:
    return url.split("#")[0].split("?")[0].split("://")[-1].removeprefix("www.").rstrip("/")


def _state(node: Node, by_id: dict[object, Node]) -> JsonLdArticle:
    return JsonLdArticle(
        types=frozenset(_types(node)),
        headline=one_field(node.get("headline"), 1000) or one_field(node.get("name"), 1000),
        description=one_field(node.get("description")),
        body=_text(node.get("articleBody")),
        credits=_credits(node.get("author") or node.get("creator"), by_id),
        published=_raw_date(node.get("datePublished") or node.get("dateCreated")),
        modified=_raw_date(node.get("dateModified")),
        section=next(iter(_strings(node.get("articleSection"))), None),
        keywords=_keywords(node.get("keywords")),
        image=_image(node.get("image") or node.get("thumbnailUrl"), by_id),
        publisher=_name(node.get("publisher"), by_id),
        language=one_field(node.get("inLanguage"), 35),
        is_free=_flag(node.get("isAccessibleForFree")),
        words=_count(node.get("wordCount")),
        node=node,
    )


def _resolved(value: object, by_id: dict[object, Node]) -> object:
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return by_id.get(value["@id"], value)
    return value


def _credits(value: object, by_id: dict[object, Node]) -> tuple[Credit, ...]:
    """Authors in order; nested lists are flattened (`author: [[…]]`), other shapes passed over."""
    found: list[Credit] = []
    stack, seen = [value], 0
    while stack and seen < 200:
        entry = _resolved(stack.pop(), by_id)
        seen += 1
        if isinstance(entry, list):
            stack += reversed(entry[:200])
        elif isinstance(entry, str) and one_field(entry, 300):
            found.append(Credit(one_field(entry, 300) or ""))
        elif isinstance(entry, dict):
            kinds = _types(entry)
            person = True if "Person" in kinds else False if kinds else None
            names = entry.get("name") if isinstance(entry.get("name"), list) else [entry.get("name")]
            found += [Credit(name, person) for name in _strings(names) or _strings(_in_parts(entry))]
    return tuple(found)


def _in_parts(person: Node) -> str:
    """The name of a person whose given and family name are stated, and no whole one."""
    parts = (one_field(person.get(part), 100) for part in ("givenName", "additionalName", "familyName"))
    return " ".join(part for part in parts if part)


def _name(value: object, by_id: dict[object, Node]) -> str | None:
    value = _resolved(value[0] if isinstance(value, list) and value else value, by_id)
    return one_field(value.get("name") if isinstance(value, dict) else value, 200)


def _raw_date(value: object) -> str | None:
    return one_field(value[0] if isinstance(value, list) and value else value, 200)


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in (one_field(entry, 300) for entry in values[:200]) if text]


def _keywords(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if isinstance(value, list):
        value = [entry.get("name") if isinstance(entry, dict) else entry for entry in value]
    return tuple(_strings(value))


def _image(value: object, by_id: dict[object, Node]) -> str | None:
    value = _resolved(value[0] if isinstance(value, list) and value else value, by_id)
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return one_field(value[0] if isinstance(value, list) and value else value, 4096)


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False}
    return words.get(value.strip().lower().rsplit("/", 1)[-1]) if isinstance(value, str) else None


def _text(value: object) -> str | None:
    """A body's paragraphs, one a line; entities resolved, tags dropped."""
    if not isinstance(value, str):
        return None
    text = html.unescape(value[:_BODY_CHARS])
    broken = re.sub(r"</(?:p|div|h\d|li|blockquote)>|<br\s*/?>", "\n", text) if "<" in text else text
    return lines(re.sub(r"</?[a-zA-Z][^<>]*>", " ", broken)) or None


def _count(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None
