"""Decides which pages of a batch are articles that are known under other addresses.

Only pages of one source are compared. Each decision is a row of ops.identities with its evidence, so that it can be
explained and undone. The rules are conservative: one article stored twice is a nuisance, two articles stored as one
is a falsehood.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.errors import NewsdeskError
from schemas.history.identity import Identity, IdentityRule
from schemas.history.identity_match import IdentityCandidate, KnownIdentity, text_hash
from schemas.history.load_decisions import Identified, KnownPages, PagesWanted, TextsWanted
from schemas.history.timeline import VersionKey
from schemas.items.article import MAY_BE_WHOLE, Article
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from tasks.pure.history.changes import is_same_date
from tasks.pure.history.same_texts import HASHES_LOOKED_UP, candidate_of, is_alike, lookup_hashes, reprints
from tasks.pure.history.url_variants import variants
from tasks.pure.urls.page_names import share_a_name

WORDS_AT_LEAST = 50
"""Shorter texts repeat: weather, lottery numbers, notices. They are one only under addresses that share a slug or a
number."""
WORDS_UNDER_ANOTHER_TITLE = 80
"""Of one body under two titles; shorter ones are also the stock text of programmes and series."""
WINDOW = timedelta(days=30)
"""Between the fetches of two pages with one text."""
ONE_DAY = timedelta(hours=24)
"""Between the dates that sections give one text."""


class Claim(NamedTuple):
    """A page is this article, by this rule. `evidence` is empty where that was decided, and stored, before."""

    article_id: UUID
    canonical_url: str
    rule: IdentityRule
    evidence: str


class _Memory(NamedTuple):
    """What a page is compared with: what is stored, and what was decided of earlier pages of the batch. `own` are the
    articles that have a version; `forms` holds, by page, the articles and pages of the batch that are other forms of
    its address; `by_hash` has candidates by source and each hash that they are looked up by."""

    identities: dict[UUID, KnownIdentity]
    by_article: dict[UUID, list[IdentityCandidate]]
    by_text: dict[tuple[str, str], list[IdentityCandidate]]
    by_hash: dict[tuple[str, int], list[IdentityCandidate]]
    own: set[UUID]
    forms: dict[UUID, list[UUID]]


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
    """The texts of pages that are new and whole; None: no page is."""
    own = {one.article_id for one in versions}
    fresh = [one for one in articles if one.article_id not in own and one.article_id not in identities]
    its = [one for one in fresh if one.completeness in MAY_BE_WHOLE]
    if not its:
        return None
    times = [one.fetched_at for one in its]
    texts = [(one.source, one.body_hash, _hashes_of(one)) for one in its]
    return TextsWanted(texts, WORDS_UNDER_ANOTHER_TITLE, HASHES_LOOKED_UP, min(times) - WINDOW, max(times) + WINDOW)


def identify(batch: Batch[Article], wanted: PagesWanted, known: KnownPages, at: datetime) -> Identified:
    """Which article each page is, oldest fetch first; a page that was decided on before stays what it is. `at` (UTC)
    is the time of the decision."""
    memory = _memory(wanted, known)
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
        _remember(memory, candidate_of(articles[place], page_id))
    return Identified(articles, pages, details, rows)


def _memory(wanted: PagesWanted, known: KnownPages) -> _Memory:
    own = {one.article_id for one in known.versions}
    there = {each.bytes: each for each in own | wanted.pages}
    memory = _Memory(
        identities=dict(known.identities),
        by_article=defaultdict(list),
        by_text=defaultdict(list),
        by_hash=defaultdict(list),
        own=own,
        forms={page: [there[form] for form in its if form in there] for page, its in wanted.forms.items()},
    )
    for candidate in known.candidates:
        memory.by_article[candidate.article_id].append(candidate)
    for candidate in known.same_text:
        _remember_text(memory, candidate)
    return memory


def _remember(memory: _Memory, candidate: IdentityCandidate) -> None:
    """A page that was decided on is a candidate for the pages after it."""
    memory.by_article[candidate.article_id].append(candidate)
    _remember_text(memory, candidate)
    memory.own.add(candidate.article_id)


def _remember_text(memory: _Memory, candidate: IdentityCandidate) -> None:
    memory.by_text[candidate.source, candidate.body_hash].append(candidate)
    for each in candidate.grams[:HASHES_LOOKED_UP]:
        memory.by_hash[candidate.source, each].append(candidate)


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
    if any(is_alike(article, one) for one in memory.by_article[identity.article_id]):
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
            if one.source == article.source and is_alike(article, one):
                evidence = f"another form of the address {one.canonical_url}, with its text"
                return Claim(one.article_id, one.canonical_url, IdentityRule.VARIANT, evidence)
    return None


def _by_text(article: Article, memory: _Memory) -> Claim | None:
    """The article with the page's title and body, at however many addresses; else the one with its body, if that is
    long; else the one with its body but for a few words, if title or address agree. Which article such a text belongs
    to is open where its pages are of several days, or not all whole."""
    if article.completeness not in MAY_BE_WHOLE:
        return None
    for candidates, what in (
        (_with_title(article, memory), "title and body"),
        (_under_another_title(article, memory), "body, under another title,"),
        (_edited(article, memory), "body but for a few words"),
    ):
        if candidates and all(_may_be_one(article, one) for one in candidates):
            first = candidates[0]
            evidence = f"{what} of {first.canonical_url} ({article.word_count} words)"
            return Claim(first.article_id, first.canonical_url, IdentityRule.SAME_TEXT, evidence)
    return None


def _with_title(article: Article, memory: _Memory) -> list[IdentityCandidate]:
    found = memory.by_text.get((article.source, article.body_hash), [])
    if article.word_count >= WORDS_AT_LEAST:
        return found
    return [one for one in found if share_a_name(one.canonical_url, article.canonical_url)]


def _under_another_title(article: Article, memory: _Memory) -> list[IdentityCandidate]:
    text = text_hash(article.body)
    return [one for one in _near(article, memory) if one.text_hash == text]


def _edited(article: Article, memory: _Memory) -> list[IdentityCandidate]:
    """The article whose text this is with a few words changed; none where an undated page, another title at an
    unlike address, or a second such article leaves a doubt: texts of one template are alike, too."""
    found = reprints(article, _near(article, memory))
    is_certain = article.published_at and all(one.published_at and _is_named_alike(article, one) for one in found)
    return found if is_certain and len({one.article_id for one in found}) == 1 else []


def _near(article: Article, memory: _Memory) -> list[IdentityCandidate]:
    found = [memory.by_hash.get((article.source, each), []) for each in _hashes_of(article)]
    return list({(one.page_id, one.body_hash): one for its in found for one in its}.values())


def _hashes_of(article: Article) -> tuple[int, ...]:
    return lookup_hashes(article) if article.word_count >= WORDS_UNDER_ANOTHER_TITLE else ()


def _is_named_alike(article: Article, candidate: IdentityCandidate) -> bool:
    is_titled = article.title.casefold() == candidate.title.casefold()
    return is_titled or share_a_name(article.canonical_url, candidate.canonical_url)


def _may_be_one(article: Article, candidate: IdentityCandidate) -> bool:
    if candidate.completeness not in MAY_BE_WHOLE:
        return False
    if article.published_at is None or candidate.published_at is None or is_same_date(candidate, article):
        return True
    return abs(article.published_at - candidate.published_at) < ONE_DAY


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
