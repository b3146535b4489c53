"""Decides which pages of a batch are articles that are known under other addresses.

Only pages of one source are compared. Each decision is a row of ops.identities with its evidence, so that it can be
explained and undone. The rules are conservative: one article stored twice is a nuisance, two articles stored as one
is a falsehood.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.errors import NewsdeskError
from schemas.history.identity import Identity, IdentityRule
from schemas.history.identity_match import IdentityCandidate, KnownIdentity
from schemas.history.load_decisions import Identified, KnownPages, PagesWanted, TextsWanted
from schemas.history.timeline import VersionKey
from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from tasks.pure.history.changes import is_same_date
from tasks.pure.history.url_variants import variants

WORDS_AT_LEAST = 50
"""Shorter texts repeat: weather, lottery numbers, notices."""
WINDOW = timedelta(days=30)
"""Between the fetches of two pages with one text."""
PAGES_AT_MOST = 4
"""A text at more addresses is a fault of the site, and its pages stay apart (docs/explanation/measured-facts.md:
canonical links of several texts)."""
BITS_AT_MOST = 8
"""Between the simhashes of one text before and after a small change."""


class Claim(NamedTuple):
    """A page is this article, by this rule. `evidence` is empty where that was decided, and stored, before."""

    article_id: UUID
    canonical_url: str
    rule: IdentityRule
    evidence: str


class _Memory(NamedTuple):
    """What a page is compared with: what is stored, and what was decided of earlier pages of the batch. `own` are the
    articles that have a version; `forms` holds, by page, the articles and pages of the batch that are other forms of
    its address; `together` counts, by text, the pages of the batch."""

    identities: dict[UUID, KnownIdentity]
    by_article: dict[UUID, list[IdentityCandidate]]
    by_text: dict[tuple[str, str], list[IdentityCandidate]]
    own: set[UUID]
    copies: Mapping[UUID, int]
    forms: dict[UUID, list[UUID]]
    together: Mapping[tuple[str, str], int]


def captures_of(batch: Batch[Article]) -> dict[UUID, Capture]:
    """The batch's captures by id; raises `NewsdeskError` where that of an article is not among them."""
    captures = {capture.capture_id: capture for capture in batch.ledger.captures}
    for article in batch.kept:
        if article.capture_id not in captures:
            raise NewsdeskError(f"no capture {str(article.capture_id)!r} in the batch of {article.url!r}")
    return captures


def pages_to_look_up(batch: Batch[Article]) -> PagesWanted:
    """What the identities of the batch's pages are decided from; raises `NewsdeskError` where the capture of an
    article is not in the batch."""
    captures = captures_of(batch)
    named = [captures[article.capture_id].link.known_as for article in batch.kept]
    return PagesWanted(
        pages=frozenset(article.article_id for article in batch.kept),
        named=frozenset(uuid5(NAMESPACE_URL, url) for url in named if url),
        forms={article.article_id: tuple(variants(article.canonical_url)) for article in batch.kept},
    )


def texts_to_look_up(
    articles: Sequence[Article], identities: Mapping[UUID, KnownIdentity], versions: Iterable[VersionKey]
) -> TextsWanted | None:
    """The texts of pages that are new, and long enough to be told from others by their text; None: no page is."""
    own = {one.article_id for one in versions}
    fresh = [one for one in articles if one.article_id not in own and one.article_id not in identities]
    its = [one for one in fresh if _is_telling(one)]
    if not its:
        return None
    times = [one.fetched_at for one in its]
    return TextsWanted([(one.source, one.body_hash) for one in its], min(times) - WINDOW, max(times) + WINDOW)


def identify(batch: Batch[Article], wanted: PagesWanted, known: KnownPages, at: datetime) -> Identified:
    """Which article each page is, oldest fetch first; a page that was decided on before stays what it is. `at` (UTC)
    is the time of the decision."""
    memory = _memory(batch.kept, wanted, known)
    captures = captures_of(batch)
    articles, pages, details, rows = list(batch.kept), {}, {}, []
    for place in sorted(range(len(articles)), key=lambda place: articles[place].fetched_at):
        article = articles[place]
        page_id, link = article.article_id, captures[article.capture_id].link
        claim = _claim(article, link.known_as, memory)
        if claim and claim.rule is not IdentityRule.UNDONE:
            named = {"article_id": claim.article_id, "canonical_url": claim.canonical_url}
            articles[place] = article.model_copy(update=named)
            pages[article.capture_id] = page_id
            details[article.capture_id] = _detail(claim)
        if claim and claim.evidence:
            row = _row(article, claim, batch.run_id, at)
            rows.append(row)
            memory.identities[page_id] = KnownIdentity.model_validate(row.model_dump())
        _remember(memory, IdentityCandidate.of(articles[place], page_id))
    return Identified(articles, pages, details, rows)


def _memory(articles: Sequence[Article], wanted: PagesWanted, known: KnownPages) -> _Memory:
    own = {one.article_id for one in known.versions}
    there = {each.bytes: each for each in own | wanted.pages}
    texts = {(article.source, article.body_hash, article.article_id) for article in articles}
    memory = _Memory(
        identities=dict(known.identities),
        by_article=defaultdict(list),
        by_text=defaultdict(list),
        own=own,
        copies=known.copies,
        forms={page: [there[form] for form in its if form in there] for page, its in wanted.forms.items()},
        together=Counter((source, text) for source, text, _ in texts),
    )
    for candidate in known.candidates:
        memory.by_article[candidate.article_id].append(candidate)
    for candidate in known.same_text:
        memory.by_text[candidate.source, candidate.body_hash].append(candidate)
    return memory


def _remember(memory: _Memory, candidate: IdentityCandidate) -> None:
    """A page that was decided on is a candidate for the pages after it."""
    memory.by_article[candidate.article_id].append(candidate)
    memory.by_text[candidate.source, candidate.body_hash].append(candidate)
    memory.own.add(candidate.article_id)


def _claim(article: Article, known_as: str | None, memory: _Memory) -> Claim | None:
    """None: the page is an article of its own. `known_as` is the canonical URL that a feed's GUID leads to."""
    identity = memory.identities.get(article.article_id)
    if identity:
        return _decided_before(article, identity, memory)
    if article.article_id in memory.own:
        return None
    return _by_guid(article, known_as, memory) or _by_variant(article, memory) or _by_text(article, memory)


def _decided_before(article: Article, identity: KnownIdentity, memory: _Memory) -> Claim:
    kept = Claim(identity.article_id, identity.canonical_url, identity.rule, "")
    if identity.rule is not IdentityRule.SAME_TEXT:
        return kept
    if any(_is_alike(article, one) for one in memory.by_article[identity.article_id]):
        return kept
    evidence = f"its text is no longer like that of {identity.canonical_url}"
    return Claim(article.article_id, article.canonical_url, IdentityRule.UNDONE, evidence)


def _by_guid(article: Article, known_as: str | None, memory: _Memory) -> Claim | None:
    if known_as is None or known_as == article.canonical_url:
        return None
    target = uuid5(NAMESPACE_URL, known_as)
    if target not in memory.own:
        return None
    return Claim(target, known_as, IdentityRule.GUID, "a feed whose GUIDs are trusted gave it the article's GUID")


def _by_variant(article: Article, memory: _Memory) -> Claim | None:
    for key in memory.forms[article.article_id]:
        for one in memory.by_article.get(key, ()):
            if one.source == article.source and _is_alike(article, one):
                evidence = f"another form of the address {one.canonical_url}, with its text"
                return Claim(one.article_id, one.canonical_url, IdentityRule.VARIANT, evidence)
    return None


def _by_text(article: Article, memory: _Memory) -> Claim | None:
    text = article.source, article.body_hash
    candidates = memory.by_text.get(text, [])
    if not _is_telling(article) or not candidates:
        return None
    first = candidates[0]
    if 1 + memory.copies.get(first.article_id, 0) + memory.together[text] > PAGES_AT_MOST:
        return None
    if not all(one.completeness is Completeness.FULL and _may_be_of_one_day(article, one) for one in candidates):
        return None
    evidence = f"title and body of {first.canonical_url} ({article.word_count} words)"
    return Claim(first.article_id, first.canonical_url, IdentityRule.SAME_TEXT, evidence)


def _is_telling(article: Article) -> bool:
    """Whether the text is complete, and long enough to be told from others by itself."""
    return article.word_count >= WORDS_AT_LEAST and article.completeness is Completeness.FULL


def _is_alike(article: Article, candidate: IdentityCandidate) -> bool:
    if article.body_hash == candidate.body_hash:
        return True
    if article.title.casefold() != candidate.title.casefold() or not (article.fingerprint and candidate.fingerprint):
        return False
    return (int(article.fingerprint, 16) ^ int(candidate.fingerprint, 16)).bit_count() <= BITS_AT_MOST


def _may_be_of_one_day(article: Article, candidate: IdentityCandidate) -> bool:
    return article.published_at is None or candidate.published_at is None or is_same_date(candidate, article)


def _detail(claim: Claim) -> str:
    if claim.rule is IdentityRule.GUID:
        return f"moved: the article is known as {claim.canonical_url}"
    return f"the article is known as {claim.canonical_url} ({claim.rule.value})"


def _row(article: Article, claim: Claim, run_id: str, at: datetime) -> Identity:
    return Identity(
        page_id=article.article_id,
        page_url=article.canonical_url,
        article_id=claim.article_id,
        canonical_url=claim.canonical_url,
        source=article.source,
        rule=claim.rule,
        evidence=claim.evidence,
        capture_id=article.capture_id,
        run_id=run_id,
        at=at,
    )
