"""An article out of a page: the order in which the other nouns are asked."""

from dataclasses import dataclass

from lxml import etree

from schemas.article import Article, Completeness
from schemas.capture import Capture
from schemas.outcome import Reason, Refusal
from schemas.source import Source
from tasks.pure import bodies
from tasks.pure.authors import Authors, read_authors
from tasks.pure.blocks import Setting, keep_article
from tasks.pure.cards import prune
from tasks.pure.completeness import NO_SIGNS, Verdict, judge, needs_signs, read_signs
from tasks.pure.datings import Datings, read_datings
from tasks.pure.decoding import decode
from tasks.pure.deks import choose_dek
from tasks.pure.fingerprints import body_hash, simhash, word_count
from tasks.pure.languages import detect_language
from tasks.pure.notices import notice_of
from tasks.pure.pages import Page, read_page, unpruned
from tasks.pure.policies import of_metas
from tasks.pure.rescues import rescue
from tasks.pure.slots import Line, links_in, page_lines, restore_lost
from tasks.pure.texts import plain
from tasks.pure.titles import choose_title, stated_titles
from tasks.pure.urls import absolute, article_id, believed_canonical

PAGE_TYPES = frozenset(
    {
        None,
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/octet-stream",
        "unknown/unknown",
    }
)
"""Media types that may be a page, once its bytes look like one (HOSTILE_SITE D10)."""
_TAGS_AT_MOST = 50
_NO_ARTICLE = {
    Completeness.SOFT_404: Reason.SOFT_404,
    Completeness.CONSENT: Reason.CONSENT_PAGE,
    Completeness.CHALLENGE: Reason.CHALLENGE_PAGE,
}


@dataclass(frozen=True, slots=True)
class _Head:
    """What the whole tree was asked before it was pruned."""

    title: str
    titles: tuple[str, ...]
    authors: Authors
    datings: Datings


@dataclass(frozen=True, slots=True)
class _Text:
    """What the pruned tree gave: the article's paragraphs, and the page's lines that they are found in."""

    paragraphs: tuple[str, ...]
    dek: str | None
    lines: tuple[Line, ...]

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


def read_article(page: bytes, capture: Capture, source: Source) -> Article | Refusal:
    """The article of one captured page, not yet validated; teasers, paywalled pages and live blogs are
    articles that say so. `page` is the decoded HTTP body. Refuses EMPTY_BODY, WRONG_TYPE, PARSE_ERROR,
    CHALLENGE_PAGE, CONSENT_PAGE, SOFT_404 and EMPTY_TEXT."""
    if capture.media_type not in PAGE_TYPES:
        return Refusal(reason=Reason.WRONG_TYPE, detail=f"the answer says {capture.media_type!r}"[:200])
    decoded = decode(page, capture.charset, source.language)
    if isinstance(decoded, Refusal):
        return decoded
    parsed = read_page(decoded.text, capture.final_url)
    if isinstance(parsed, Refusal):
        return parsed
    try:
        return _article(parsed, capture, source)
    except (etree.LxmlError, RecursionError) as error:
        return Refusal(reason=Reason.PARSE_ERROR, detail=f"{type(error).__name__}: {error}"[:200])


def _article(page: Page, capture: Capture, source: Source) -> Article | Refusal:
    head = _head(page, capture, source)
    text = _text(page, head)
    if isinstance(text, Refusal):
        return text
    words = word_count(text.body)
    paragraphs = list(text.paragraphs)
    signs = read_signs(unpruned(page)) if needs_signs(page, paragraphs, words) else NO_SIGNS
    verdict = judge(page, signs, paragraphs, words, capture.link.entry.summary)
    if verdict.completeness in _NO_ARTICLE:
        return Refusal(reason=_NO_ARTICLE[verdict.completeness], detail="; ".join(verdict.evidence)[:500])
    if not words:
        return Refusal(reason=Reason.EMPTY_TEXT, detail=f"no text in a page that shows {len(signs.shown)} characters")
    return _put_together(page, head, text, verdict, capture, source)


def _head(page: Page, capture: Capture, source: Source) -> _Head:
    entry = capture.link.entry
    return _Head(
        title=choose_title(page, entry.title, source.name) or "",
        titles=tuple(stated_titles(page)),
        authors=read_authors(page, entry.authors, source.name),
        datings=read_datings(page, capture, source.time_zone),
    )


def _text(page: Page, head: _Head) -> _Text | Refusal:
    """Prunes the page's tree."""
    dek = choose_dek(page, head.title)
    prune(page.tree)
    found = bodies.read_paragraphs(page.tree, page.url)
    if isinstance(found, Refusal):
        return found
    lines = page_lines(page.tree)
    text = rescue(restore_lost(found, lines), lines, page.stated.body)
    kept = keep_article(
        text, Setting(head.title, dek.text if dek and dek.is_element else None, head.authors.people, head.titles)
    )
    return _Text(tuple(kept), dek.beside(kept) if dek else None, tuple(lines))


def _put_together(
    page: Page, head: _Head, text: _Text, verdict: Verdict, capture: Capture, source: Source
) -> Article:
    canonical = believed_canonical(capture.final_url, _stated_canonical(page))
    published, modified = head.datings.published, head.datings.modified
    entry, link = capture.link.entry, capture.link
    return Article.model_construct(
        article_id=article_id(canonical),
        source=source.slug,
        url=link.url,
        canonical_url=canonical,
        title=head.title,
        dek=text.dek,
        body=text.body,
        authors=head.authors.people,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        modified_at=modified.at if modified else None,
        modified_precision=modified.precision if modified else None,
        evidence=(*head.datings.evidence, *head.authors.credits),
        language=detect_language(text.body, (page.language, page.stated.language, entry.language, source.language)),
        section=_section(page),
        tags=_tags(page),
        image_url=_image(page),
        completeness=verdict.completeness,
        completeness_evidence=verdict.evidence,
        policies=tuple(sorted({*capture.policies, *of_metas(page.metas)})),
        word_count=word_count(text.body),
        body_hash=body_hash(head.title, text.body),
        fingerprint=simhash(text.body),
        extractor=bodies.EXTRACTOR,
        extractor_version=bodies.EXTRACTOR_VERSION,
        config_hash=bodies.CONFIG_HASH,
        capture_id=capture.capture_id,
        fetched_at=capture.fetched_at,
        notice=notice_of(head.title, text.body, word_count(text.body)),
        links_out=links_in(text.paragraphs, text.lines, page.base_url),
    )


def _stated_canonical(page: Page) -> str | None:
    for raw in (page.canonical, page.meta("og:url")):
        url = absolute(raw, page.base_url) if raw else None
        if isinstance(url, str):
            return url
    return None


def _section(page: Page) -> str | None:
    micro = page.microdata.get("articleSection", (None,))[0]
    return plain(page.stated.section or page.meta("article:section", "section", "parsely-section") or micro, 200)


def _tags(page: Page) -> tuple[str, ...]:
    """The publisher's keywords, each once, at most 50; the first place that has any counts."""
    joined = page.meta("news_keywords", "parsely-tags", "sailthru.tags", "keywords") or ""
    for words in (page.stated.keywords, page.metas.get("article:tag", ()), tuple(joined.split(","))):
        tags = dict.fromkeys(tag for word in words if (tag := plain(word, 100)))
        if tags:
            return tuple(tags)[:_TAGS_AT_MOST]
    return ()


def _image(page: Page) -> str | None:
    for raw in (page.meta("og:image", "og:image:url", "twitter:image"), page.stated.image):
        url = absolute(raw, page.base_url) if raw else None
        if isinstance(url, str):
            return url
    return None
