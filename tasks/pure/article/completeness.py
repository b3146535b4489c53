"""Completeness: decides whether a page holds its whole article, a part of it, or no article, with evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.items.article import Completeness
from tasks.pure.article.labels import marks
from tasks.pure.article.labels.live_entries import says_live
from tasks.pure.article.labels.phrase_book import phrase_book
from tasks.pure.article.labels.visitor_talk import is_of_a_gate
from tasks.pure.article.labels.whole_titles import whole_title
from tasks.pure.article.signs import Signs, match
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import SENTENCE_END, likeness
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
    """Whether the verdict needs more than the text: it is short, stated as closed, ends in an ellipsis, or its page
    is named as a live blog."""
    if words <= _SOME_WORDS or page.stated.is_free is False or _is_cut(paragraphs):
        return True
    return says_live((page.title or "",), page.url) is not None


def judge(
    page: Page, signs: Signs, paragraphs: list[str], words: int, feed_summary: str | None
) -> CompletenessVerdict:
    """The verdict on the text `paragraphs`, which has `words` words; the first check with evidence decides. A page
    with several paragraphs of an article is no challenge, consent or error page, whatever else it shows."""
    cut = match(marks.CUT_END, paragraphs[-1], "text ends in") if paragraphs else None
    prose = prose_of(paragraphs) if words <= _SOME_WORDS or signs.walls else []
    is_gate = words <= _SOME_WORDS and not is_told(prose)
    wall = _wall(signs, prose)
    checks = (
        (Completeness.CHALLENGE, _challenge(page, signs, prose, words) if is_gate else ()),
        (Completeness.CONSENT, _consent(page, signs, prose) if is_gate else ()),
        (Completeness.SOFT_404, _soft_404(page, signs, prose, words) if is_gate else ()),
        (Completeness.LIVEBLOG, _liveblog(page, signs)),
        (Completeness.PAYWALLED, _paywalled(page, signs, words, wall, cut)),
        (Completeness.TEASER, _teaser(page, signs, " ".join(paragraphs), words, feed_summary, cut)),
        (Completeness.OTHER, _other(page, words)),
        (Completeness.UNKNOWN, _unknown(page, prose, words, wall, cut)),
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
        if SENTENCE_END.search(text) and word_count(text) >= _SENTENCE_WORDS and not is_of_a_gate(text)
    ]


def is_told(prose: Sequence[str]) -> bool:
    """Whether these sentences are several paragraphs of an article: three, or two with 60 words."""
    words = sum(map(word_count, prose))
    return len(prose) >= _PROSE_PARAGRAPHS or (len(prose) > 1 and words >= _PROSE_WORDS)


def _is_cut(paragraphs: Sequence[str]) -> bool:
    return bool(paragraphs and marks.CUT_END.search(paragraphs[-1][-20:]))


def _is_dated(page: Page) -> bool:
    return bool(page.stated.published or page.meta("article:published_time"))


def _beside_heads(signs: Signs, chars: int) -> str:
    """The first characters that the page shows, without its own titles: words of a headline are no second sign."""
    text = signs.shown[:chars]
    for head in signs.heads:
        text = text.replace(head, " ", 1)
    return text


def _phrase(name: str, text: str) -> str | None:
    found = phrase_book().first(name, text)
    return found.at("text") if found else None


def _challenge(page: Page, signs: Signs, prose: Sequence[str], words: int) -> Said:
    """By its title, which a headline may be, too: a page with a sentence of an article needs a second sign, and so do
    titles of everyday words. Without such a title by a mark, or by what a page without a text says."""
    if page.stated.is_article or "article:published_time" in page.metas:
        return ()
    is_bare = words < _FEW_WORDS
    is_empty = not prose and len(signs.shown) < _EMPTY_CHARS
    told = _phrase("challenge.texts", _beside_heads(signs, 2000))
    title = whole_title("challenge.titles", signs.heads)
    everyday = whole_title("challenge.ordinary_titles", signs.heads)
    is_titled = (title and not prose) or (
        (title or everyday) and (signs.challenge_mark or signs.captcha_mark or told)
    )
    walled = whole_title("login.titles", signs.heads) if is_bare and not prose and signs.asks_password else None
    if not is_titled and not is_bare:
        return ()
    captcha = signs.captcha_mark if is_titled or is_empty else None
    said = told if is_titled or not prose else None
    return (title or everyday) if is_titled else None, walled, signs.challenge_mark, captcha, said


def _consent(page: Page, signs: Signs, prose: Sequence[str]) -> Said:
    """A page with an article, or a sentence of one, behind a consent banner is no consent page."""
    if page.stated.is_article:
        return ()
    url = match(marks.CONSENT_URL, page.url, "url")
    if len(prose) > 1 or _is_dated(page):
        return (url,)
    title = whole_title("consent.titles", signs.heads)
    if prose and not title:
        return (url,)
    said = [one.at("text") for one in phrase_book().every("consent.texts", signs.shown)]
    is_said = len(said) >= 2 and len(signs.shown) < 4000
    return url, title, *(said[:3] if is_said or title else ())


def _soft_404(page: Page, signs: Signs, prose: Sequence[str], words: int) -> Said:
    """By its title, with a second sign where a headline may be such a title, or several sentences stand below it."""
    if _is_dated(page):
        return ()
    title = whole_title("soft_404.titles", signs.heads)
    everyday = whole_title("soft_404.ordinary_titles", signs.heads)
    told = _phrase("soft_404.texts", _beside_heads(signs, 600))
    if (title and len(prose) < 2) or ((title or everyday) and told):
        return title or everyday, told
    is_bare = words < _FEW_WORDS and not page.stated.is_article and not prose
    return (told,) if is_bare else ()


def _liveblog(page: Page, signs: Signs) -> Said:
    """As stated, or by a title or URL with entries."""
    if "LiveBlogPosting" in page.stated.types:
        return ("json_ld: @type LiveBlogPosting",)
    return (signs.live, signs.entries) if signs.live and signs.entries else ()


def _wall(signs: Signs, prose: Sequence[str]) -> str | None:
    """The first paywall that stands apart; a headline or a sentence of the article may speak of one."""
    told = "\n".join((*signs.heads, *prose))
    return next((one.evidence for one in signs.walls if one.is_apart and one.block not in told), None)


def _paywalled(page: Page, signs: Signs, words: int, wall: str | None, cut: str | None) -> Said:
    """Stated as closed, and very short or with a sign of a cut: some publishers state all that they have as closed,
    and give the whole text. Or short, with a paywall's text on its own, or a locked tier and a second sign."""
    barred = wall or next((one.evidence for one in signs.walls), None)
    tier = page.meta("article:content_tier")
    locked = f"meta: article:content_tier {tier!r}" if tier in ("locked", "metered") else None
    closed = "json_ld: isAccessibleForFree false" if page.stated.is_free is False else None
    said = (closed, locked, barred, signs.paywall_class, cut)
    is_walled = words < _MANY_WORDS and bool(barred or signs.paywall_class or _is_counted(page, words))
    if closed and not _is_whole(page, words) and (words < _FEW_WORDS or is_walled or cut):
        return said
    if words >= _SOME_WORDS or page.stated.is_free is True or _is_whole(page, words):
        return ()
    return said if wall or ((barred or locked) and sum(map(bool, said)) >= 2) else ()


def _is_whole(page: Page, words: int) -> bool:
    """Whether the text has at least 80 % of the words that the publisher states."""
    return page.stated.words is not None and words >= 0.8 * page.stated.words


def _is_counted(page: Page, words: int) -> bool:
    """Whether the publisher states more than twice as many words as the page has."""
    return (page.stated.words or 0) > 2 * words


def _counted(page: Page, words: int) -> str | None:
    return f"json_ld: wordCount {page.stated.words}, {words} on the page" if _is_counted(page, words) else None


def _teaser(page: Page, signs: Signs, text: str, words: int, summary: str | None, cut: str | None) -> Said:
    if words >= _SOME_WORDS:
        return ()
    counted = _counted(page, words)
    if words >= _FEW_WORDS:
        return (counted,)
    same = "feed: its summary is the whole text" if summary and likeness(summary, text) > 0.85 else None
    return counted, cut, same, signs.whole_link, signs.read_on if cut or same else None


def _other(page: Page, words: int) -> Said:
    other = sorted(page.stated.types & _OTHER_TYPES)
    is_other = bool(other) and not page.stated.is_article and words < _SOME_WORDS
    return (f"json_ld: @type {other[0]}",) if is_other else ()


def _unknown(page: Page, prose: Sequence[str], words: int, wall: str | None, cut: str | None) -> Said:
    """What speaks against a whole text, and is too little to say what it is instead."""
    if _is_whole(page, words):
        return ()
    is_brief = words < _FEW_WORDS and not is_told(prose)
    few = f"text: {words} words in fewer than three sentences of an article" if is_brief else None
    return few, cut if words < _MANY_WORDS else None, wall, _counted(page, words)
