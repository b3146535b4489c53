"""Identities: which pages of a batch are articles that are known under other addresses.

Decided in the load, inside the gate, within one source, and kept in ops.identities, so that each can be
explained and undone. Conservative: two articles that stay apart are a nuisance, two that are merged a lie.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.errors import UsageError
from schemas.history.identity import Identity, IdentityRule
from schemas.history.identity_match import Kin, KnownIdentity
from schemas.history.timeline import Match
from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.changes import is_same_date
from warehouse.load.identity_candidates import Memory, is_telling, recall, remember
from warehouse.load.timelines import bring_ids, matches

PAGES_AT_MOST = 4
"""A text at more addresses is a fault of the site, and nobody's (docs/explanation/measured-facts.md: canonical links
of several texts)."""
BITS_AT_MOST = 8
"""Between the simhashes of one text before and after a small change."""


class Resolved(NamedTuple):
    """The articles of a batch under the ids that they are loaded as, in their order. `pages` holds, by
    capture, the page of those that are another's article, `told` what their outcomes say of it; `found` are
    the versions of these articles and pages."""

    articles: list[Article]
    pages: dict[UUID, UUID]
    told: dict[UUID, str]
    rows: list[Identity]
    found: list[Match]


class Claim(NamedTuple):
    """A page is this article, by this rule."""

    article_id: UUID
    canonical_url: str
    rule: IdentityRule
    evidence: str


def resolve(
    session: Session, articles: Sequence[Article], captures: Mapping[UUID, Capture], run_id: str, at: datetime
) -> Resolved:
    """Oldest fetch first; a page that was decided on before stays what it is."""
    memory = recall(session, articles, captures)
    pages = {(article.source, article.body_hash, article.article_id) for article in articles}
    together = Counter((source, text) for source, text, _ in pages)
    resolved = Resolved(list(articles), {}, {}, [], memory.found)
    for place in sorted(range(len(articles)), key=lambda place: articles[place].fetched_at):
        article = articles[place]
        page_id, link = article.article_id, captures[article.capture_id].link
        claim = _claim(article, link.known_as, memory, together)
        if claim and claim.rule is not IdentityRule.UNDONE:
            named = {"article_id": claim.article_id, "canonical_url": claim.canonical_url}
            resolved.articles[place] = article.model_copy(update=named)
            resolved.pages[article.capture_id] = page_id
            resolved.told[article.capture_id] = _told(claim)
        if claim and claim.evidence:
            row = _row(article, claim, run_id, at)
            resolved.rows.append(row)
            memory.identities[page_id] = KnownIdentity.model_validate(row.model_dump())
        remember(memory, Kin.of(resolved.articles[place], page_id))
    others = {one.article_id for one in resolved.rows if one.rule is IdentityRule.SAME_TEXT}
    return resolved._replace(found=[*memory.found, *matches(session, others)])


def undo_identity(warehouse: Warehouse, url: str, why: str, at: datetime) -> Identity:
    """Make the page with this canonical URL its own article again, for good: what was read from it, and what
    will be. Raises `UsageError` where it is no other page's article."""

    def work(session: Session) -> Identity:
        page_id = uuid5(NAMESPACE_URL, url)
        bring_ids(session, {page_id})
        held = session.models("select_identities", KnownIdentity)
        if not held or held[-1].rule is IdentityRule.UNDONE:
            raise UsageError(f"{url!r} is no other page's article: nothing to undo")
        row = Identity(
            page_id=page_id,
            page_url=url,
            article_id=page_id,
            canonical_url=url,
            source=held[-1].source,
            rule=IdentityRule.UNDONE,
            evidence=why,
            run_id="by hand",
            at=at,
        )
        session.bring(arrow_rows(Identity, [row]))
        session.rows("insert_identities")
        return row

    return warehouse.write("identity undo", work, f"undoing the identity of {url!r}")


def _claim(
    article: Article, known_as: str | None, memory: Memory, together: Counter[tuple[str, str]]
) -> Claim | None:
    """What the page is; None: itself. One that was decided before has no evidence: its row is there."""
    held = memory.identities.get(article.article_id)
    if held:
        return _held(article, held, memory)
    if article.article_id in memory.own:
        return None
    return _by_guid(article, known_as, memory) or _by_variant(article, memory) or _by_text(article, memory, together)


def _held(article: Article, held: KnownIdentity, memory: Memory) -> Claim:
    kept = Claim(held.article_id, held.canonical_url, held.rule, "")
    if held.rule is not IdentityRule.SAME_TEXT:
        return kept
    its = memory.by_article[held.article_id]
    if any(_is_alike(article, kin) for kin in its):
        return kept
    evidence = f"its text is no longer like that of {held.canonical_url}"
    return Claim(article.article_id, article.canonical_url, IdentityRule.UNDONE, evidence)


def _by_guid(article: Article, known_as: str | None, memory: Memory) -> Claim | None:
    if known_as is None or known_as == article.canonical_url:
        return None
    target = uuid5(NAMESPACE_URL, known_as)
    if target not in memory.own:
        return None
    return Claim(target, known_as, IdentityRule.GUID, "a feed whose GUIDs are trusted gave it the article's GUID")


def _by_variant(article: Article, memory: Memory) -> Claim | None:
    for key in memory.forms[article.article_id]:
        for kin in memory.by_article.get(key, ()):
            if kin.source == article.source and _is_alike(article, kin):
                evidence = f"another form of the address {kin.canonical_url}, with its text"
                return Claim(kin.article_id, kin.canonical_url, IdentityRule.VARIANT, evidence)
    return None


def _by_text(article: Article, memory: Memory, together: Mapping[tuple[str, str], int]) -> Claim | None:
    text = article.source, article.body_hash
    kin = memory.by_text.get(text, [])
    if not is_telling(article) or not kin:
        return None
    first = kin[0]
    if 1 + memory.copies[first.article_id] + together[text] > PAGES_AT_MOST:
        return None
    if not all(one.completeness is Completeness.FULL and _may_be_of_one_day(article, one) for one in kin):
        return None
    evidence = f"title and body of {first.canonical_url} ({article.word_count} words)"
    return Claim(first.article_id, first.canonical_url, IdentityRule.SAME_TEXT, evidence)


def _is_alike(article: Article, kin: Kin) -> bool:
    if article.body_hash == kin.body_hash:
        return True
    if article.title.casefold() != kin.title.casefold() or not (article.fingerprint and kin.fingerprint):
        return False
    return (int(article.fingerprint, 16) ^ int(kin.fingerprint, 16)).bit_count() <= BITS_AT_MOST


def _may_be_of_one_day(article: Article, kin: Kin) -> bool:
    return article.published_at is None or kin.published_at is None or is_same_date(kin, article)


def _told(claim: Claim) -> str:
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
