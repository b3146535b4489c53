"""Reads a sitemap as a stream: beside the document, memory holds one element at a time."""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from schemas.items.outcome import Reason, Refusal
from tasks.pure.feeds.raw import written
from tasks.pure.text.xml_encoding import codec_of
from tasks.pure.text.xml_repair import legal, local_name, mended, without_preface

_STEP = 64 * 1024
_LONGEST_HELD = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SitemapElement:
    """One `url` or `sitemap` element, as written; `is_child`: a `sitemap`. `published`, title, language and
    keywords are from Google's news block, `image` is the URL of the first image. None: not stated."""

    is_child: bool
    loc: str | None
    lastmod: str | None = None
    published: str | None = None
    title: str | None = None
    language: str | None = None
    keywords: str | None = None
    image: str | None = None


def text_pieces(content: bytes) -> Iterator[str] | Refusal:
    """The text, decoded in pieces of 64 KiB, without characters that XML forbids. Refuses unknown encodings."""
    known = codec_of(content[:1024], None)
    if isinstance(known, Refusal):
        return known
    codec, skipped = known
    decoder = getincrementaldecoder(codec)("replace")
    starts = range(skipped, len(content), _STEP)
    return (legal(decoder.decode(content[at : at + _STEP], at + _STEP >= len(content))) for at in starts)


def elements(content: bytes) -> Iterator[SitemapElement | Refusal]:
    """The elements in document order. If the XML is truncated or broken, a PARSE_ERROR comes last."""
    pieces = text_pieces(content)
    if isinstance(pieces, Refusal):
        yield pieces
        return
    parser = etree.XMLPullParser(
        events=("end",), tag=("{*}url", "{*}sitemap"), resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for fragment in _fragments(pieces):
            parser.feed(fragment.encode())
            yield from _ended(parser)
        parser.close()
    except etree.XMLSyntaxError as error:
        yield from _ended(parser)
        yield Refusal(reason=Reason.PARSE_ERROR, detail=f"breaks off: {error.msg}"[:200])


def _fragments(pieces: Iterator[str]) -> Iterator[str]:
    """The document from its root element on, repaired, in fragments that end with a tag."""
    bare = without_preface(next(pieces, ""))
    held = "" if isinstance(bare, Refusal) else bare
    for piece in pieces:
        end = held.rfind(">") + 1
        if end or len(held) > _LONGEST_HELD:
            yield mended(held[: end or None])
            held = held[end:] if end else ""
        held += piece
    yield mended(held)


def _ended(parser: etree.XMLPullParser) -> Iterator[SitemapElement]:
    try:
        for _, element in parser.read_events():
            yield _found(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        return


def _found(element: _Element) -> SitemapElement:
    fields = _texts(element)
    news: dict[str, str] = {}
    image: dict[str, str] = {}
    for child in element.iterchildren("{*}news", "{*}image"):
        kept = news if local_name(child.tag) == "news" else image
        for name, text in {**_texts(child), **_texts(next(child.iterchildren("{*}publication"), ()))}.items():
            kept.setdefault(name, text)
    return SitemapElement(
        is_child=local_name(element.tag) == "sitemap",
        loc=fields.get("loc"),
        lastmod=fields.get("lastmod"),
        published=news.get("publication_date"),
        title=news.get("title"),
        language=news.get("language"),
        keywords=news.get("keywords"),
        image=image.get("loc"),
    )


def _texts(element: _Element) -> dict[str, str]:
    """Texts of the children by local name; of several with one name, the first."""
    found: dict[str, str] = {}
    for child in element:
        text = written(child.text) if isinstance(child.tag, str) else None
        if text:
            found.setdefault(local_name(child.tag), text)
    return found
