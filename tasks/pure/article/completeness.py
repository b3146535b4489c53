"""Completeness: decides whether a page holds its whole article, a part of it, or no article, with evidence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.items.article import Completeness
from tasks.pure.article import gate_phrases
from tasks.pure.article.signs import Signs, first, match
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import SENTENCE_END, likeness, one_line
from tasks.pure.text.fingerprints import word_count

_FEW_WORDS, _SOME_WORDS, _MANY_WORDS = 80, 250, 450
_PROSE_PARAGRAPHS, _PROSE_WORDS, _SENTENCE_WORDS = 3, 60, 8
_EMPTY_CHARS = 600
_OTHER_TYPES = frozenset(("VideoObject", "ImageGallery", "CollectionPage", "SearchResultsPage", "ProfilePage"))


@dataclass(frozen=True, slots=True)
class CompletenessVerdict:
    """The verdict and its evidence, in words for people; no evidence for FULL. `is_certain`: only a page of this kind
    has such evidence."""

    completeness: Completeness
    evidence: tuple[str, ...] = ()
    is_certain: bool = True


def needs_signs(page: Page, paragraphs: list[str], words: int) -> bool:
    """Whether the verdict needs more than the text: it is short, stated as closed, or ends in an ellipsis."""
    is_closed = page.stated.is_free is False and words < _MANY_WORDS
    return words <= _SOME_WORDS or is_closed or bool(paragraphs and gate_phrases.CUT_END.search(paragraphs[-1][-20:]))


def judge(
    page: Page, signs: Signs, paragraphs: list[str], words: int, feed_summary: str | None
) -> CompletenessVerdict:
    """The verdict on the text `paragraphs`, which has `words` words; the first check with evidence decides. A page
    with several paragraphs of an article is no challenge, consent or error page, whatever else it shows."""
    cut = match(gate_phrases.CUT_END, paragraphs[-1], "text ends in") if paragraphs else None
    prose = prose_of(paragraphs)
    is_gate = words <= _SOME_WORDS and not is_told(prose)
    challenge = _challenge(page, signs, prose, words) if is_gate else ()
    checks = (
        (Completeness.CHALLENGE, challenge),
        (Completeness.CONSENT, _consent(page, signs) if is_gate else ()),
        (Completeness.SOFT_404, _soft_404(page, signs, prose, words) if is_gate else ()),
        (Completeness.LIVEBLOG, _liveblog(page)),
        (Completeness.PAYWALLED, _paywalled(page, signs, words, cut)),
        (Completeness.TEASER, _teaser(page, signs, " ".join(paragraphs), words, feed_summary, cut)),
        (Completeness.OTHER, _other(page, words)),
    )
    found = ((verdict, tuple(one for one in said if one)) for verdict, said in checks)
    return next(
        (CompletenessVerdict(verdict, said, _is_certain(verdict, signs, said)) for verdict, said in found if said),
        CompletenessVerdict(Completeness.FULL),
    )


Said = tuple[str | None, ...]


def _is_certain(verdict: Completeness, signs: Signs, said: Said) -> bool:
    """A captcha alone may stand on a page of another kind that has no text of its own (a film, a form)."""
    return verdict is not Completeness.CHALLENGE or any(one != signs.captcha_mark for one in said)


def prose_of(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs that are sentences of an article: whole, of at least eight words, and not the talk of a
    challenge, consent or error page."""
    return [
        text
        for text in paragraphs
        if SENTENCE_END.search(text) and word_count(text) >= _SENTENCE_WORDS and not gate_phrases.is_of_a_gate(text)
    ]


def is_told(prose: Sequence[str]) -> bool:
    """Whether these sentences are several paragraphs of an article: three, or two with 60 words."""
    words = sum(map(word_count, prose))
    return len(prose) >= _PROSE_PARAGRAPHS or (len(prose) > 1 and words >= _PROSE_WORDS)


def _challenge(page: Page, signs: Signs, prose: Sequence[str], words: int) -> Said:
    if page.stated.is_article or "article:published_time" in page.metas:
        return ()
    titled = _whole(gate_phrases.CHALLENGE_TITLE, signs)
    told = match(gate_phrases.CHALLENGE_TEXT, signs.shown[:2000], "text")
    is_bare = words < _FEW_WORDS
    is_empty = not prose and len(signs.shown) < _EMPTY_CHARS
    walled = _whole(gate_phrases.LOGIN_TITLE, signs) if is_bare and signs.asks_password else None
    captcha = signs.captcha_mark if titled or is_empty else None
    return (titled, walled, signs.challenge_mark, captcha, told) if titled or is_bare else ()


def _whole(pattern: re.Pattern[str], signs: Signs) -> str | None:
    return next((said for head in signs.heads if (said := gate_phrases.whole_title(pattern, head))), None)


def _consent(page: Page, signs: Signs) -> Said:
    """A page with an article behind a consent banner is no consent page."""
    if page.stated.is_article:
        return ()
    said = [one_line(found[0]) for found in gate_phrases.CONSENT.finditer(signs.shown)]
    phrases = f"text: {', '.join(map(repr, said[:3]))}" if len(set(said)) >= 2 and len(signs.shown) < 4000 else None
    return (
        match(gate_phrases.CONSENT_URL, page.url, "url"),
        first(gate_phrases.CONSENT, signs.heads, "title"),
        phrases,
    )


def _soft_404(page: Page, signs: Signs, prose: Sequence[str], words: int) -> Said:
    if page.stated.published or page.meta("article:published_time"):
        return ()
    titled = _whole(gate_phrases.GONE_TITLE, signs)
    is_bare = words < _FEW_WORDS and not page.stated.is_article and not prose
    return titled, match(gate_phrases.GONE, signs.shown[:600], "text") if titled or is_bare else None


def _liveblog(page: Page) -> Said:
    return ("json_ld: @type LiveBlogPosting",) if "LiveBlogPosting" in page.stated.types else ()


def _paywalled(page: Page, signs: Signs, words: int, cut: str | None) -> Said:
    """Stated as closed, and very short or with a sign of a cut: some publishers state all that they have as closed,
    and give the whole text. Or short, with a paywall's text or a locked tier and a second sign."""
    barred = signs.barred
    tier = page.meta("article:content_tier")
    locked = f"meta: article:content_tier {tier!r}" if tier in ("locked", "metered") else None
    closed = "json_ld: isAccessibleForFree false" if page.stated.is_free is False else None
    said = (closed, locked, barred, signs.paywall_class, cut)
    is_walled = words < _MANY_WORDS and bool(barred or signs.paywall_class or _is_counted(page, words))
    if closed and not _is_whole(page, words) and (words < _FEW_WORDS or is_walled or cut):
        return said
    is_barred = words < _SOME_WORDS and page.stated.is_free is not True and (barred or locked)
    return said if is_barred and sum(map(bool, said)) >= 2 else ()


def _is_whole(page: Page, words: int) -> bool:
    """Whether the text has at least 80 % of the words that the publisher states."""
    return page.stated.words is not None and words >= 0.8 * page.stated.words


def _is_counted(page: Page, words: int) -> bool:
    """Whether the publisher states more than twice as many words as the page has."""
    return (page.stated.words or 0) > 2 * words


def _teaser(page: Page, signs: Signs, text: str, words: int, summary: str | None, cut: str | None) -> Said:
    if words >= _SOME_WORDS:
        return ()
    stated = page.stated.words or 0
    counted = f"json_ld: wordCount {stated}, {words} on the page" if _is_counted(page, words) else None
    if words >= _FEW_WORDS:
        return (counted,)
    same = "feed: its summary is the whole text" if summary and likeness(summary, text) > 0.85 else None
    return counted, cut, same, signs.read_on if cut or same else None


def _other(page: Page, words: int) -> Said:
    other = sorted(page.stated.types & _OTHER_TYPES)
    is_other = bool(other) and not page.stated.is_article and words < _SOME_WORDS
    return (f"json_ld: @type {other[0]}",) if is_other else ()
