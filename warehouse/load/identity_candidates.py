"""Memory of identities: what the warehouse knows of the pages of a batch, and of pages that they might be."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

import pyarrow as pa

from schemas.history.identity_match import Kin, KnownIdentity
from schemas.history.timeline import Match
from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture
from warehouse.database.connection import Session
from warehouse.load.timelines import bring_ids, bring_keys, bring_versions
from warehouse.load.url_variants import variants

WORDS_AT_LEAST = 50
"""Shorter texts repeat: weather, lottery numbers, notices."""
WINDOW = timedelta(days=30)
"""Between the fetches of two pages of one text."""


class Memory(NamedTuple):
    """What is known of the pages of a batch and of those that they might be. `by_article` and `by_text` hold
    versions, `own` the articles that have any; `copies` counts the pages that are an article by its text;
    `forms` are, by page, the articles and pages of the batch that are other forms of its address."""

    identities: dict[UUID, KnownIdentity]
    by_article: dict[UUID, list[Kin]]
    by_text: dict[tuple[str, str], list[Kin]]
    own: set[UUID]
    copies: Counter[UUID]
    found: list[Match]
    forms: dict[UUID, list[UUID]]


def recall(session: Session, articles: Sequence[Article], captures: Mapping[UUID, Capture]) -> Memory:
    """Reads, in a few look-ups, what the identities of these articles are decided from."""
    pages = {article.article_id for article in articles}
    bring_ids(session, pages)
    identities = {one.page_id: one for one in session.models("select_identities", KnownIdentity)}
    claimed = [captures[article.capture_id].link.known_as for article in articles]
    others = {one.article_id for one in identities.values()}
    others |= {uuid5(NAMESPACE_URL, url) for url in claimed if url}
    forms = {article.article_id: tuple(variants(article.canonical_url)) for article in articles}
    found = _matches(session, pages | others, forms.values())
    own = {one.article_id for one in found}
    there = {known.bytes: known for known in own | pages}
    related = {page: [there[form] for form in its if form in there] for page, its in forms.items()}
    others.update(*related.values())
    memory = Memory(identities, defaultdict(list), defaultdict(list), own, Counter(), found, related)
    for kin in _kin(session, [one for one in found if one.article_id in others]):
        memory.by_article[kin.article_id].append(kin)
    fresh = [one for one in articles if one.article_id not in own and one.article_id not in identities]
    for kin in _of_same_text(session, [one for one in fresh if is_telling(one)]):
        memory.by_text[kin.source, kin.body_hash].append(kin)
    memory.copies.update(_copies(session, {kin.article_id for its in memory.by_text.values() for kin in its}))
    return memory


def remember(memory: Memory, kin: Kin) -> None:
    """What was resolved is known to the pages after it."""
    memory.by_article[kin.article_id].append(kin)
    memory.by_text[kin.source, kin.body_hash].append(kin)
    memory.own.add(kin.article_id)


def _matches(session: Session, ids: Collection[UUID], forms: Iterable[Sequence[bytes]]) -> list[Match]:
    """The versions of these articles and pages, and of those under these forms of their addresses."""
    keys = {each.bytes for each in ids}.union(*forms)
    if not keys:
        return []
    bring_keys(session, keys)
    return session.models("select_matches", Match)


def _kin(session: Session, found: Sequence[Match]) -> list[Kin]:
    if not found:
        return []
    bring_versions(session, [(one.article_id, one.version, one.loaded_at) for one in found])
    times = [one.loaded_at for one in found]
    return session.models("select_kin", Kin, first=min(times), last=max(times))


def _of_same_text(session: Session, articles: Sequence[Article]) -> list[Kin]:
    if not articles:
        return []
    rows = [{"source": article.source, "body_hash": article.body_hash} for article in articles]
    schema = pa.schema([("source", pa.string()), ("body_hash", pa.string())])
    session.bring(pa.Table.from_pylist(rows, schema=schema))
    times = [article.fetched_at for article in articles]
    return session.models("select_kin_by_text", Kin, first=min(times) - WINDOW, last=max(times) + WINDOW)


def is_telling(article: Article) -> bool:
    """Whether the text is long enough, and whole, to be told from others by itself."""
    return article.word_count >= WORDS_AT_LEAST and article.completeness is Completeness.FULL


def _copies(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    if not ids:
        return {}
    bring_ids(session, ids)
    return dict(session.rows("count_copies"))
