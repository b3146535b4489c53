"""Builds an article from a page: applies the rules for fields, text and completeness in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from schemas.items.extraction import Extraction
from schemas.items.outcome import Reason, Refusal
from schemas.items.site_page import PageSight, Removal, SiteMemory
from schemas.sources.source import Source
from tasks.pure.article.by_select import Selected, read_selected
from tasks.pure.article.categories import says_something
from tasks.pure.article.completeness import CompletenessVerdict, judge, needs_signs
from tasks.pure.article.labels.phrase_book import phrase_book
from tasks.pure.article.retractions import notice_of
from tasks.pure.article.signs import NO_SIGNS, read_signs
from tasks.pure.article.standfirst import Dek, choose_dek
from tasks.pure.article.titles import choose_title, stated_titles
from tasks.pure.body import by_trafilatura
from tasks.pure.body.choose import BodyText, blocks_of, container, covered, read_text
from tasks.pure.body.paragraph_rules import Setting
from tasks.pure.dates import words as date_words
from tasks.pure.dates.of_article import Datings, read_datings
from tasks.pure.http.headers import PAGE_TYPES
from tasks.pure.http.reserved_rights import of_metas
from tasks.pure.page.lines import links_in
from tasks.pure.page.parse import Page, read_page, unpruned
from tasks.pure.page.selectors import without_elements
from tasks.pure.people.authors import Authors, read_authors
from tasks.pure.site.memory import familiarity
from tasks.pure.site.wrappers import is_check
from tasks.pure.stories.mentions.find import mentions_in
from tasks.pure.stories.samples import sample
from tasks.pure.text.clean import one_field
from tasks.pure.text.fingerprints import body_hash, simhash, word_count
from tasks.pure.text.html_encoding import decode_html
from tasks.pure.text.languages import detect_language
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.normalise import absolute, article_id, believed_canonical, stated_url
from tasks.pure.urls.page_names import share_a_name

_TAGS_AT_MOST = 50
_NO_ARTICLE = {
    Completeness.SOFT_404: Reason.SOFT_404,
    Completeness.CONSENT: Reason.CONSENT_PAGE,
    Completeness.CHALLENGE: Reason.CHALLENGE_PAGE,
}


@dataclass(frozen=True, slots=True)
class _Head:
    """Fields read from the whole tree, before the text rules remove parts of it."""

    title: str
    titles: tuple[str, ...]
    authors: Authors
    datings: Datings


def make_ready() -> None:
    """Loads the language model, the public suffix list, the words of dates, the phrases of labels and the names of
    places, which take 1.8 s of CPU: each child would load them for its first page otherwise."""
    detect_language("a page that nobody has read yet, and long enough to be told")
    registrable_domain("https://example.org/")
    date_words.load()
    phrase_book()
    mentions_in("A title", "A text.", "en")


def read_article(page: bytes, capture: Capture, source: Source) -> Article | Refusal:
    """The article of one captured page, without memory of its site; refuses what `extract_article` refuses."""
    return extract_article(page, capture, source).answer


def extract_article(
    page: bytes,
    capture: Capture,
    source: Source,
    memory: SiteMemory = SiteMemory(),  # noqa: B008  frozen
    removals: list[Removal] | None = None,
) -> Extraction:
    """The article of one captured page, not yet validated. Teasers, paywalled pages and live blogs are
    articles too, marked by their `completeness`. `page` is the HTTP body after content decoding, `memory` the facts
    learnt from the site's other pages. `removals`, if given, gets every block that was left out. Refuses EMPTY_BODY,
    WRONG_TYPE, PARSE_ERROR, CHALLENGE_PAGE, CONSENT_PAGE, SOFT_404 and EMPTY_TEXT."""
    if capture.media_type not in PAGE_TYPES:
        return Extraction(answer=Refusal(reason=Reason.WRONG_TYPE, detail=f"media type {capture.media_type!r}"[:200]))
    decoded = decode_html(page, capture.charset, source.language)
    if isinstance(decoded, Refusal):
        return Extraction(answer=decoded)
    parsed = read_page(decoded.text, capture.final_url)
    if isinstance(parsed, Refusal):
        return Extraction(answer=parsed)
    try:
        return _extraction(parsed, capture, source, memory, removals)
    except (etree.LxmlError, RecursionError) as error:
        return Extraction(answer=Refusal(reason=Reason.PARSE_ERROR, detail=f"{type(error).__name__}: {error}"[:200]))


def account(page: bytes, capture: Capture, source: Source, memory: SiteMemory) -> tuple[Removal, ...] | Refusal:
    """Every block of the page that its article leaves out, with the rule or the site fact that removed it, in
    the order of the rules; a refusal if the page gives no article."""
    removals: list[Removal] = []
    answer = extract_article(page, capture, source, memory, removals).answer
    return answer if isinstance(answer, Refusal) else tuple(removals)


def _extraction(
    page: Page, capture: Capture, source: Source, memory: SiteMemory, removals: list[Removal] | None
) -> Extraction:
    page = without_elements(page, source.select.remove)
    selected = read_selected(page, source)
    head = _head(page, selected, capture, source)
    dek = choose_dek(page, head.title)
    described = dek.text if dek else None
    standfirst = described if dek and dek.is_element else None
    setting = Setting(head.title, standfirst, head.authors.people, head.titles, described)
    reading = selected.body or read_text(page, setting, memory, is_check(capture.capture_id), removals)
    if isinstance(reading, Refusal):
        return Extraction(answer=reading)
    words = word_count(reading.body)
    verdict = _verdict(page, reading, words, capture)
    if isinstance(verdict, Refusal):
        return Extraction(answer=verdict)
    article = _put_together(page, head, dek, reading, words, verdict, capture, source)
    return Extraction(answer=article, sight=_sight(article, reading, capture, memory))


def _verdict(page: Page, reading: BodyText, words: int, capture: Capture) -> CompletenessVerdict | Refusal:
    paragraphs = list(reading.paragraphs)
    signs = read_signs(unpruned(page)) if needs_signs(page, paragraphs, words) else NO_SIGNS
    verdict = judge(page, signs, paragraphs, words, capture.link.entry.summary)
    if verdict.completeness in _NO_ARTICLE:
        detail = "; ".join(verdict.evidence)[:500]
        return Refusal(reason=_NO_ARTICLE[verdict.completeness], detail=detail, is_certain=verdict.is_certain)
    if not words:
        return Refusal(reason=Reason.EMPTY_TEXT, detail=f"no text in a page that shows {len(signs.shown)} characters")
    return verdict


def _head(page: Page, selected: Selected, capture: Capture, source: Source) -> _Head:
    entry = capture.link.entry
    return _Head(
        title=selected.title or choose_title(page, entry.title, source.name) or "",
        titles=tuple(stated_titles(page)),
        authors=selected.authors or read_authors(page, entry.authors, source.name),
        datings=selected.dated(read_datings(page, capture, source.time_zone, source.country, source.language)),
    )


def _sight(article: Article, reading: BodyText, capture: Capture, memory: SiteMemory) -> PageSight:
    blocks = blocks_of(reading)
    return PageSight.model_construct(
        run_id=capture.run_id,
        source=article.source,
        article_id=article.article_id,
        capture_id=capture.capture_id,
        seen_at=capture.fetched_at,
        container=container(reading, blocks),
        covered=covered(reading, blocks),
        blocks=blocks,
        road=reading.road,
        wrapper=memory.wrapper.version if memory.wrapper else None,
        agreement=reading.agreement,
        familiarity=familiarity(blocks, memory),
    )


def _put_together(
    page: Page,
    head: _Head,
    dek: Dek | None,
    text: BodyText,
    words: int,
    verdict: CompletenessVerdict,
    capture: Capture,
    source: Source,
) -> Article:
    canonical = believed_canonical(capture.final_url, _stated_canonical(page))
    published, modified = head.datings.published, head.datings.modified
    entry, link = capture.link.entry, capture.link
    hashed = sample(text.body)
    language = detect_language(text.body, (page.language, page.stated.language, entry.language, source.language))
    return Article.model_construct(
        article_id=article_id(canonical),
        source=source.slug,
        url=link.url,
        canonical_url=canonical,
        title=head.title,
        dek=dek.beside(text.paragraphs) if dek else None,
        body=text.body,
        authors=head.authors.people,
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        modified_at=modified.at if modified else None,
        modified_precision=modified.precision if modified else None,
        evidence=(*head.datings.evidence, *head.authors.credits),
        language=language,
        section=_section(page),
        tags=_tags(page, entry.categories),
        image_url=_image(page),
        completeness=verdict.completeness,
        completeness_evidence=verdict.evidence,
        policies=tuple(sorted({*capture.policies, *of_metas(page.metas)})),
        word_count=words,
        body_hash=body_hash(head.title, text.body),
        fingerprint=simhash(text.body),
        extractor=by_trafilatura.EXTRACTOR,
        extractor_version=by_trafilatura.EXTRACTOR_VERSION,
        config_hash=by_trafilatura.CONFIG_HASH,
        capture_id=capture.capture_id,
        fetched_at=capture.fetched_at,
        notice=notice_of(head.title, text.body, words),
        links_out=links_in(text.paragraphs, text.lines, page.base_url),
        text_groups=hashed.groups,
        text_hashes=tuple(hashed.hashes),
        mentions=mentions_in(head.title, text.body, language),
    )


def _stated_canonical(page: Page) -> str | None:
    """The page's canonical link or `og:url`; else the URL of its JSON-LD, if that has the page's slug or number: some
    publishers state a section or their home page there."""
    for raw in (page.canonical, page.meta("og:url")):
        url = stated_url(raw, page.url, page.base_url) if raw else None
        if url:
            return url
    stated = stated_url(page.stated.page_url, page.url, page.base_url) if page.stated.page_url else None
    return stated if stated and share_a_name(stated, page.url) else None


def _section(page: Page) -> str | None:
    micro = page.microdata.get("articleSection", (None,))[0]
    return one_field(page.stated.section or page.meta("article:section", "section", "parsely-section") or micro, 200)


def _tags(page: Page, categories: Sequence[str]) -> tuple[str, ...]:
    """The publisher's keywords, each once, at most 50, from the first place that states any: the page, else the entry
    of its feed (RSS category, Atom term, JSON Feed tag)."""
    joined = page.meta("news_keywords", "parsely-tags", "sailthru.tags", "keywords") or ""
    named = [each for each in categories if says_something(each)]
    for words in (page.stated.keywords, page.metas.get("article:tag", ()), joined.split(","), named):
        tags = dict.fromkeys(tag for word in words if (tag := one_field(word, 100)))
        if tags:
            return tuple(tags)[:_TAGS_AT_MOST]
    return ()


def _image(page: Page) -> str | None:
    for raw in (page.meta("og:image", "og:image:url", "twitter:image"), page.stated.image):
        url = absolute(raw, page.base_url) if raw else None
        if isinstance(url, str):
            return url
    return None
