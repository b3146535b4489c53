"""Chooses how the text of an article is found on its page: by the wrapper of its site or by general rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from schemas.items.outcome import Refusal
from schemas.items.site_page import Block, Method, Removal, SiteMemory, Wrapper, WrapperState
from tasks.pure.body import by_trafilatura
from tasks.pure.body.beside.offers import offers, unlinked
from tasks.pure.body.boxes import prune, prune_below
from tasks.pure.body.column import restore_column
from tasks.pure.body.explain import opening_tag, trafilatura_rule, unselected
from tasks.pure.body.leads import restore_lead
from tasks.pure.body.loose_text import as_paragraphs, division_lines
from tasks.pure.body.measures import Measures
from tasks.pure.body.paragraph_rules import Setting, keep_article
from tasks.pure.body.restore import (
    in_page_order,
    rescue,
    restore_between,
    restore_brothers,
    restore_first,
    restore_lists,
)
from tasks.pure.body.stated_bodies import is_short_of
from tasks.pure.body.trafilatura_names import unnamed
from tasks.pure.page.lines import PageLine, container_of, find_container, line_key, page_lines
from tasks.pure.page.parse import Page, unpruned
from tasks.pure.site.memory import BLOCKS_AT_MOST, without_furniture
from tasks.pure.site.wrappers import agreement, wrapped
from tasks.pure.text.clean import joined_letters, letters_only
from tasks.pure.urls.domains import registrable_domain

_KEY_CHARS = 20
Removals = list[Removal] | None


@dataclass(frozen=True, slots=True)
class BodyText:
    """The article's paragraphs, and the page's lines that they are found in. `agreement`: with what the
    other road gave, 0 to 1; None: only one was taken."""

    paragraphs: tuple[str, ...]
    lines: tuple[PageLine, ...]
    road: Method
    agreement: float | None = None

    @property
    def body(self) -> str:
        """Paragraphs separated by an empty line."""
        return "\n\n".join(self.paragraphs)


def read_text(
    page: Page, setting: Setting, memory: SiteMemory, is_check: bool, removals: Removals = None
) -> BodyText | Refusal:
    """The article's text; takes out of the page's tree what is none of it.

    A trusted wrapper is used alone, but for checks and where the page does not fit; one on trial is
    compared, unless the memory says that it was often enough. `removals`, where given, gets every block that was
    left out.
    """
    wrapper = memory.wrapper
    if wrapper is None or wrapper.state is WrapperState.RETIRED:
        return _by_rules(page, setting, memory, removals)
    if wrapper.state is WrapperState.TRIAL:
        rules = _by_rules(page, setting, memory, removals)
        if isinstance(rules, Refusal) or not memory.is_compared:
            return rules
        return _compared(rules, page, wrapper, setting, memory)
    found = _by_wrapper(page, wrapper, setting, memory, removals)
    if found is None:
        return _by_rules(unpruned(page), setting, memory, removals)
    other = _by_rules(unpruned(page), setting, memory, None) if is_check else None
    if not isinstance(other, BodyText):
        return found
    return replace(found, agreement=agreement(found.paragraphs, other.paragraphs))


def _compared(rules: BodyText, page: Page, wrapper: Wrapper, setting: Setting, memory: SiteMemory) -> BodyText:
    """A page that a wrapper on trial does not fit counts as no agreement."""
    found = _by_wrapper(unpruned(page), wrapper, setting, memory, None)
    return replace(rules, agreement=agreement(rules.paragraphs, found.paragraphs) if found else 0.0)


def _by_wrapper(
    page: Page, wrapper: Wrapper, setting: Setting, memory: SiteMemory, removals: Removals
) -> BodyText | None:
    container = find_container(page.tree, wrapper.containers)
    if container is None:
        return None
    noted: Removals = None if removals is None else []
    prune_below(container, noted, page.url)
    lines = page_lines(container)
    texts = wrapped(wrapper, lines)
    if texts is None or is_short_of(texts, page.stated.body):
        return None
    if removals is not None:
        removals += noted or []
        removals += unselected(page.tree, texts, _wrapper_rule(container))
    return _finished(texts, lines, Method.WRAPPER, setting, memory, removals)


def _wrapper_rule(container: HtmlElement) -> Callable[[HtmlElement], str]:
    inside, tag = set(container.iter()), opening_tag(container)
    return lambda node: (
        "the site's wrapper did not select it: "
        + ("its place in the template holds no article text" if node in inside else f"it is outside {tag}")
    )


def _by_rules(page: Page, setting: Setting, memory: SiteMemory, removals: Removals) -> BodyText | Refusal:
    texts_in_boxes = prune(page.tree, removals, page.url)
    measures = Measures(page.tree, registrable_domain(page.url))
    as_text = as_paragraphs(division_lines(page.tree, measures))
    with unnamed(texts_in_boxes), as_text, unlinked(offers(page.tree, measures)):
        found = by_trafilatura.read_paragraphs(page.tree, page.url)
    if isinstance(found, Refusal):
        return found
    lines = page_lines(page.tree)
    in_order = in_page_order(found, lines)
    whole = restore_between(restore_brothers(in_order, lines, memory.text_slots), lines)
    restored = restore_lead(restore_first(restore_lists(whole, lines), lines), lines, setting.described)
    restored = restore_column(restored, lines)
    texts = rescue(restored, lines, page.stated.body, found)
    if removals is not None:
        why = trafilatura_rule(page.tree) if texts == restored else _rescue_rule(texts, page.stated.body)
        removals += unselected(page.tree, texts, why)
    return _finished(texts, lines, Method.RULES, setting, memory, removals)


def _rescue_rule(texts: Sequence[str], stated: str | None) -> Callable[[HtmlElement], str]:
    """Why a block is left out where something else replaced what trafilatura selected."""
    is_stated = bool(stated) and letters_only(stated or "") == joined_letters(texts)
    instead = "the JSON-LD articleBody" if is_stated else "one place in the template"
    return lambda _: f"not part of {instead}, which replaced trafilatura's selection since it holds far more text"


def _finished(
    texts: Sequence[str],
    lines: Sequence[PageLine],
    road: Method,
    setting: Setting,
    memory: SiteMemory,
    removals: Removals,
) -> BodyText:
    kept = keep_article(without_furniture(texts, lines, memory, removals), setting, removals)
    return BodyText(tuple(kept), tuple(lines), road)


def blocks_of(reading: BodyText) -> tuple[Block, ...]:
    """The page's lines as site memory keeps them, the first 200."""
    keys = {letters_only(text) for text in reading.paragraphs}
    whole = joined_letters(reading.paragraphs)
    return tuple(
        Block(
            slot=line.slot,
            key=line_key(line.key),
            chars=len(line.text),
            linked=line.linked,
            kept=line.key in keys or (len(line.key) >= _KEY_CHARS and line.key in whole),
        )
        for line in reading.lines[:BLOCKS_AT_MOST]
    )


def covered(reading: BodyText, blocks: Sequence[Block]) -> float:
    """Share of the text that stands in blocks, 0 to 1."""
    chars = sum(map(len, reading.paragraphs))
    return min(1.0, sum(block.chars for block in blocks if block.kept) / chars) if chars else 0.0


def container(reading: BodyText, blocks: Sequence[Block]) -> str | None:
    """Names the element that holds the kept blocks."""
    return container_of(line for line, block in zip(reading.lines, blocks, strict=False) if block.kept)
