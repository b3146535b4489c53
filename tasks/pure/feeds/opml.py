"""OPML: reads and writes lists of feeds, the format that feed readers exchange."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from schemas.errors import UsageError
from schemas.items.outcome import Refusal
from schemas.sources.source import Source
from tasks.pure.text.html_fragment import text_of
from tasks.pure.text.xml_encoding import decode_xml
from tasks.pure.text.xml_repair import legal, mended, root_name, without_preface
from tasks.pure.urls.normalise import absolute, canonical

OUTLINES_AT_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list. None: the list states no title or homepage."""

    url: str
    title: str | None = None
    homepage: str | None = None


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds of an OPML file, in its order, each URL once under any spelling. Outlines whose URL is
    not http(s) are left out.

    Raises `UsageError` if the file is not OPML, has a DOCTYPE, is truncated, or lists over 5,000 feeds.
    """
    feeds: dict[str, Outline] = {}
    for outline in _outlines(_tree(body)):
        feeds.setdefault(canonical(outline.url), outline)
    if len(feeds) > OUTLINES_AT_MOST:
        raise UsageError(f"the OPML lists {len(feeds)} feeds, the limit is {OUTLINES_AT_MOST}: split the file")
    return tuple(feeds.values())


def _tree(body: bytes) -> etree._Element:
    read = decode_xml(body, None)
    if isinstance(read, Refusal):
        raise UsageError(f"cannot read the OPML: {read.detail}")
    text = legal(read.text).strip("\ufeff \t\r\n")
    bare = without_preface(text)
    if isinstance(bare, Refusal) or "<!doctype" in text[: len(text) - len(bare)].lower():
        raise UsageError("the OPML has a DOCTYPE, which is refused: remove it from the file")
    if root_name(bare) != "opml":
        raise UsageError(f"no OPML: the root element is {root_name(bare)!r}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(mended(bare).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"the OPML is not well-formed: {error.msg}") from error


def _outlines(root: etree._Element) -> Iterator[Outline]:
    for element in root.iter("outline"):
        fields = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        url = absolute(fields.get("xmlurl", ""), None)
        homepage = absolute(fields.get("htmlurl", ""), None)
        if isinstance(url, str):
            title = text_of(fields.get("title"), 200) or text_of(fields.get("text"), 200)
            yield Outline(url, title, None if isinstance(homepage, Refusal) else homepage)


def write_opml(sources: Sequence[Source]) -> str:
    """The feeds of the sources as OPML 2.0: one outline per source, in the order given."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>Newsdesk</title></head>",
    ]
    lines += ["  <body>", *(line for source in sources for line in _lines(source)), "  </body>", "</opml>", ""]
    return "\n".join(lines)


def _lines(source: Source) -> Iterator[str]:
    name, homepage = _quoted(source.name), _quoted(source.homepage)
    yield f"    <outline text={name}>"
    for url in source.feeds:
        yield f'      <outline type="rss" text={name} xmlUrl={_quoted(url)} htmlUrl={homepage} />'
    yield "    </outline>"


def _quoted(text: str) -> str:
    return quoteattr(legal(text))
