"""Finds summaries: a list above the text that says the article again in a few lines."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.measures import Measures
from tasks.pure.text.clean import one_line

_LABEL = re.compile(
    r"^\W*(?:(?:ai |the )?(?:article )?summary|in (?:short|brief|summary)|briefly told|"
    r"(?:the )?key (?:points|takeaways|facts)|(?:the )?(?:main points|takeaways|highlights|essentials)|"
    r"at a glance|what you need to know|tl;?dr|"
    r"darum geht['’]?s|das wichtigste in kürze|in kürze|auf einen blick|kurz ?gesagt|zusammenfassung|kurzfassung|"
    r"en bref|l['’]essentiel|(?:en )?résumé|les points clés|ce qu['’]il faut retenir|"
    r"en (?:breve|resumen|síntesis)|(?:las )?claves|lo más importante|resumen|em resumo|resumo|pontos-chave|"
    r"in (?:breve|sintesi)|i punti chiave|riassunto|in het kort|samenvatting|samengevat|"
    r"kortversjonen|kort fortalt|oppsummert|kort (?:sagt|om)|sammanfattning|i korthet|det vigtigste|lyhyesti|"
    r"tiivistelmä|w skrócie|najważniejsze(?: informacje)?|streszczenie|ve zkratce|shrnutí|röviden|pe scurt|"
    r"özet(?:le)?|"
    r"кратко|коротко|главное|головне|стисло|الخلاصة|ملخص|باختصار|要点|摘要|ポイント|要約|요약|핵심)\W*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"summar(?:y|ies)|bullet-?_?points?|key-?_?(?:points?|takeaways?|facts?)|takeaways?|tl-?dr|(?:^|[-_ ])in-?brief|"
    r"at-?a-?glance|zusammenfassung|kurzfassung|kortversjon",
    re.IGNORECASE,
)
_STRING = etree.XPath("string()", smart_strings=False)
_PROSE_CHARS = 80
_ITEMS = range(2, 9)
_SHARE = 0.35
"""A list with more of the page's text than this is the article."""
_LABEL_CHARS = 40


def summaries(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """The lists above the first paragraph of prose, each with its label and wrapper, that a label or the name of a
    wrapper says to be a summary; none where no prose follows."""
    return [box for box in dict.fromkeys(_boxes(body, measures)) if measures.chars(box) < measures.total * _SHARE]


def _boxes(body: HtmlElement, measures: Measures) -> Iterator[HtmlElement]:
    lists: list[HtmlElement] = []
    for node in body.iter("ul", "ol", "p"):
        if node.tag == "p":
            if measures.chars(node) >= _PROSE_CHARS and not any(
                one in lists for one in node.iterancestors("ul", "ol")
            ):
                break
        elif len(list(node.iterchildren("li"))) in _ITEMS and measures.linked(node) * 2 < measures.chars(node):
            lists.append(node)
    else:
        return
    for node in lists:
        box = _box_of(node, measures)
        if box is not None:
            yield box


def _box_of(node: HtmlElement, measures: Measures) -> HtmlElement | None:
    """The largest element around the list that holds it, its label and no other text; None: it is no summary."""
    box, is_summary = node, _is_named(node)
    for above in node.iterancestors():
        label = _text_before(box)
        is_summary = is_summary or bool(_LABEL.match(label))
        if above.tag in ("body", "main", "article") or measures.chars(above) > measures.chars(node) + _LABEL_CHARS:
            break
        box = above
        is_summary = is_summary or _is_named(box)
    return box if is_summary else None


def _text_before(node: HtmlElement) -> str:
    before = node.getprevious()
    return "" if before is None else one_line(_STRING(before))[: 2 * _LABEL_CHARS]


def _is_named(node: HtmlElement) -> bool:
    return any(_NAME.search(node.get(name) or "") for name in ("class", "id"))
