"""The lead, the first sentences of an article, where it stands outside of the text's element: it is put back."""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.paragraph_rules import is_furniture
from tasks.pure.page.apart import stands_apart
from tasks.pure.page.lines import PageLine
from tasks.pure.text.clean import SENTENCE_END, joined_letters, letters_only

_LEAD_LINES = 12
_NAMED_CHARS = 40
_SENTENCE_CHARS = 60
_HEADLINES_ABOVE = etree.XPath("preceding::h1")
_PARTS = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "lead lede intro introduction introtext standfirst dek deck summary abstract excerpt subtitle "
        "subtitulo subtítulo subhead subheadline subheading strapline tagline preamble synopsis blurb "
        "teaser description chapo chapeau accroche introduccion resume vorspann anleser anreisser anriss "
        "einleitung unterzeile untertitel kurztext entradilla bajada copete sumario encabezado sommario "
        "sottotitolo occhiello catenaccio riassunto linhafina resumo lid zajawka wstep perex ingress "
        "manchet underrubrik undertitel inledning ingres johdanto esipuhe bevezeto alcim spot ozet sapo lwd "
        "anons annotation introducao descripcion",
    )
)
"""What templates call a lead, in the languages of the news."""


@lru_cache(maxsize=8192)
def names_lead(names: str) -> bool:
    """Whether class, id or itemprop of an element say that it is a lead. Cached: a site has few of them."""
    parts = [part.lower() for part in _PARTS.findall(_HUMP.sub("-", names))]
    return not _WORDS.isdisjoint(parts)


def restore_lead(paragraphs: Sequence[str], page: Sequence[PageLine], described: str | None = None) -> list[str]:
    """The paragraphs with the lead above them, where that was lost: lines between the headline and the first
    paragraph that are named as a lead is, or are sentences beside the headline or beside the text's element. What
    `described`, the article's dek, says already stays there alone."""
    first, whole = letters_only(next(iter(paragraphs), "")), joined_letters(paragraphs)
    start = next((place for place, line in enumerate(page) if line.key == first), 0)
    above = page[max(0, start - _LEAD_LINES) : start]
    if not above:
        return list(paragraphs)
    headline = _headline_above(page[start].node)
    around = set(page[start].node.iterancestors())
    known = whole + letters_only(described or "")
    leads = [line for line in above if line.key not in known and _is_lead(line, headline, around)]
    return [*(line.text for line in leads), *paragraphs]


def _headline_above(node: HtmlElement) -> HtmlElement | None:
    return next(reversed(_HEADLINES_ABOVE(node)), None)


def _is_lead(line: PageLine, headline: HtmlElement | None, around: Collection[HtmlElement]) -> bool:
    if line.node.tag in ("li", "td", "dt", "dd") or line.linked * 2 >= len(line.text):
        return False
    is_below = headline is not None and headline in _HEADLINES_ABOVE(line.node)
    if _is_named_lead(line.node, around):
        return len(line.text) >= _NAMED_CHARS and (is_below or headline is None) and not is_furniture(line.text)
    if headline is None or not is_below or stands_apart(line.node):
        return False
    parent = line.node.getparent()
    holder = parent.getparent() if len(parent) == 1 else parent
    is_beside = holder in around or holder.tag in ("header", "hgroup") or holder is headline.getparent()
    is_sentence = len(line.text) >= _SENTENCE_CHARS and bool(SENTENCE_END.search(line.text))
    return is_beside and is_sentence and not is_furniture(line.text)


def _is_named_lead(node: HtmlElement, around: Collection[HtmlElement]) -> bool:
    for one in (node, *node.iterancestors()):
        if one in around:
            return False
        if names_lead(f"{one.get('class') or ''} {one.get('id') or ''} {one.get('itemprop') or ''}"):
            return True
    return False
