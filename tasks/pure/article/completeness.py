"""Completeness: decides whether a page holds its whole article, a part of it, or no article, with evidence."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.items.article import Completeness
from tasks.pure.article import gate_phrases
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import letters_only, likeness, one_line

_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 80, 250, 450
_SHOWN_CHARS = 20_000
_UNSEEN = ("script", "style", "noscript", "template", "svg", "title")
_NOTHING = frozenset(("404", "error", "notfound", "error404"))
_OTHER_TYPES = frozenset(("VideoObject", "ImageGallery", "CollectionPage", "SearchResultsPage", "ProfilePage"))


@dataclass(frozen=True, slots=True)
class CompletenessVerdict:
    """The verdict and its evidence, in words for people; no evidence for FULL."""

    completeness: Completeness
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """What a page shows before parts are removed: its titles, its first 20,000 visible characters, and marks
    in its markup (None: no such mark). `asks_password`: it has a password field."""

    heads: tuple[str, ...]
    shown: str
    challenge_mark: str | None
    paywall_class: str | None
    read_on: str | None
    asks_password: bool = False


NO_SIGNS = Signs((), "", None, None, None)
"""For a text that is long enough to be whole whatever else the page shows."""


def needs_signs(page: Page, paragraphs: list[str], words: int) -> bool:
    """Whether the verdict needs more than the text: it is short, stated as closed, or ends in an ellipsis."""
    is_closed = page.stated.is_free is False and words < _MANY_WORDS
    return words <= _SOME_WORDS or is_closed or bool(paragraphs and gate_phrases.CUT_END.search(paragraphs[-1][-20:]))


def read_signs(page: Page) -> Signs:
    """The signs of a page; its tree must be whole, before the text rules remove parts of it."""
    headings = (one_line("".join(node.itertext())) for node in page.tree.iter("h1"))
    return Signs(
        heads=tuple(text for text in (page.title, *headings) if text)[:4],
        shown=one_line(" ".join(_seen(page)))[:_SHOWN_CHARS],
        challenge_mark=_first(gate_phrases.CHALLENGE_MARK, _marks(page), "mark"),
        paywall_class=_first(gate_phrases.PAYWALL_CLASS, _names(page), "class"),
        read_on=_first(
            gate_phrases.READ_ON, (one_line("".join(a.itertext()))[:60] for a in page.tree.iter("a")), "link"
        ),
        asks_password=any((field.get("type") or "").lower() == "password" for field in page.tree.iter("input")),
    )


def _seen(page: Page) -> Iterator[str]:
    chars = 0
    for node in page.tree.iter():
        if chars > _SHOWN_CHARS:
            return
        for text in ("" if node.tag in _UNSEEN else node.text, node.tail):
            chars += len(text or "")
            yield text or ""


def _marks(page: Page) -> Iterator[str]:
    """Yields one text of all marks, in lower case."""
    yield "\n".join(_each_mark(page)).lower()


def _each_mark(page: Page) -> Iterator[str]:
    for node in page.tree.iter("script", "div", "form", "iframe"):
        text = (node.text or "")[:2000] if node.tag == "script" else ""
        yield f"{node.get('src') or ''} {node.get('id') or ''} {node.get('class') or ''} {text}"


def _names(page: Page) -> Iterator[str]:
    """Yields one text of all distinct class names and ids, in lower case."""
    nodes = page.tree.iter("div", "section", "aside", "p")
    yield " ".join({f"{node.get('class') or ''} {node.get('id') or ''}" for node in nodes}).lower()


def _first(pattern: re.Pattern[str], texts: Iterable[str], where: str) -> str | None:
    return next((said for text in texts if (said := _match(pattern, text, where))), None)


def _match(pattern: re.Pattern[str], text: str, where: str) -> str | None:
    found = pattern.search(text)
    return f"{where}: {one_line(found[0])[:80]!r}" if found else None


def judge(
    page: Page, signs: Signs, paragraphs: list[str], words: int, feed_summary: str | None
) -> CompletenessVerdict:
    """The verdict on the text `paragraphs`, which has `words` words; the first check with evidence decides."""
    cut = _match(gate_phrases.CUT_END, paragraphs[-1], "text ends in") if paragraphs else None
    checks = (
        (Completeness.CHALLENGE, _challenge(page, signs, words)),
        (Completeness.CONSENT, _consent(page, signs, words)),
        (Completeness.SOFT_404, _soft_404(page, signs, words)),
        (Completeness.LIVEBLOG, _liveblog(page)),
        (Completeness.PAYWALLED, _paywalled(page, signs, words, cut)),
        (Completeness.TEASER, _teaser(page, signs, " ".join(paragraphs), words, feed_summary, cut)),
        (Completeness.OTHER, _other(page, words)),
    )
    found = ((verdict, tuple(one for one in said if one)) for verdict, said in checks)
    return next(
        (CompletenessVerdict(verdict, said) for verdict, said in found if said),
        CompletenessVerdict(Completeness.FULL),
    )


Said = tuple[str | None, ...]


def _challenge(page: Page, signs: Signs, words: int) -> Said:
    if words > _SOME_WORDS or page.stated.is_article:
        return ()
    titled = _first(gate_phrases.CHALLENGE_TITLE, signs.heads, "title")
    told = _match(gate_phrases.CHALLENGE_MARK, signs.shown[:2000].lower(), "text")
    is_bare = words < _FEW_WORDS
    walled = _first(gate_phrases.LOGIN_TITLE, signs.heads, "title") if is_bare and signs.asks_password else None
    return (titled, walled, signs.challenge_mark, told) if titled or is_bare else ()


def _consent(page: Page, signs: Signs, words: int) -> Said:
    """A page with an article behind a consent banner is no consent page."""
    if words > _SOME_WORDS or page.stated.is_article:
        return ()
    said = [one_line(found[0]) for found in gate_phrases.CONSENT.finditer(signs.shown)]
    phrases = f"text: {', '.join(map(repr, said[:3]))}" if len(set(said)) >= 2 and len(signs.shown) < 4000 else None
    return (
        _match(gate_phrases.CONSENT_URL, page.url, "url"),
        _first(gate_phrases.CONSENT, signs.heads, "title"),
        phrases,
    )


def _soft_404(page: Page, signs: Signs, words: int) -> Said:
    if words > _SOME_WORDS or page.stated.published or page.meta("article:published_time"):
        return ()
    short = [head for head in signs.heads if len(head) < 120]
    titled = next(
        (
            f"title: {head[:80]!r}"
            for head in short
            if gate_phrases.GONE.search(head) or letters_only(head) in _NOTHING
        ),
        None,
    )
    is_bare = words < _FEW_WORDS and not page.stated.is_article
    return titled, _match(gate_phrases.GONE, signs.shown[:600], "text") if titled or is_bare else None


def _liveblog(page: Page) -> Said:
    return ("json_ld: @type LiveBlogPosting",) if "LiveBlogPosting" in page.stated.types else ()


def _paywalled(page: Page, signs: Signs, words: int, cut: str | None) -> Said:
    """Stated as closed, and short or cut; or short, with a paywall's text or a locked tier and a second sign."""
    barred = _match(gate_phrases.PAYWALL, signs.shown, "text")
    tier = page.meta("article:content_tier")
    locked = f"meta: article:content_tier {tier!r}" if tier in ("locked", "metered") else None
    closed = "json_ld: isAccessibleForFree false" if page.stated.is_free is False else None
    said = (closed, locked, barred, signs.paywall_class, cut)
    if closed and not _is_whole(page, words) and (words < _MANY_WORDS or cut):
        return said
    is_barred = words < _SOME_WORDS and page.stated.is_free is not True and (barred or locked)
    return said if is_barred and sum(map(bool, said)) >= 2 else ()


def _is_whole(page: Page, words: int) -> bool:
    """Whether the text has at least 80 % of the words that the publisher states."""
    return page.stated.words is not None and words >= 0.8 * page.stated.words


def _teaser(page: Page, signs: Signs, text: str, words: int, summary: str | None, cut: str | None) -> Said:
    if words >= _SOME_WORDS:
        return ()
    stated = page.stated.words or 0
    counted = f"json_ld: wordCount {stated}, {words} on the page" if stated > 2 * words else None
    if words >= _FEW_WORDS:
        return (counted,)
    same = "feed: its summary is the whole text" if summary and likeness(summary, text) > 0.85 else None
    return counted, cut, same, signs.read_on if cut or same else None


def _other(page: Page, words: int) -> Said:
    other = sorted(page.stated.types & _OTHER_TYPES)
    is_other = bool(other) and not page.stated.is_article and words < _SOME_WORDS
    return (f"json_ld: @type {other[0]}",) if is_other else ()
