"""Looks up the stored facts from which the rules decide the identities of a batch's pages; undoes identities."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import pyarrow as pa

from schemas.errors import UsageError
from schemas.history.identity import Identity, IdentityRule
from schemas.history.identity_match import IdentityCandidate, KnownIdentity
from schemas.history.load_decisions import KnownPages, PagesWanted, TextsWanted
from schemas.history.timeline import VersionKey
from schemas.items.article import Article
from warehouse.database.columns import arrow_rows
from warehouse.database.connection import Session, Warehouse
from warehouse.load.arriving import bring_ids, bring_keys, versions_table
from warehouse.load.rules import HistoryRules


def known_pages(
    session: Session, articles: Sequence[Article], wanted: PagesWanted, rules: HistoryRules
) -> KnownPages:
    """The stored identities and versions of a batch's pages, and of the articles that these may belong to."""
    bring_ids(session, wanted.pages)
    identities = {one.page_id: one for one in session.models("select_identities", KnownIdentity)}
    others = wanted.named | {one.article_id for one in identities.values()}
    forms = frozenset[bytes]().union(*wanted.forms.values())
    versions = _version_keys(session, {each.bytes for each in wanted.pages | others} | forms)
    related = [one for one in versions if one.article_id in others or one.article_id.bytes in forms]
    candidates = _candidates(session, related)
    same_text = _of_same_text(session, rules.texts_to_look_up(articles, identities, versions))
    return KnownPages(identities, versions, candidates, same_text)


def version_keys(session: Session, ids: Collection[UUID]) -> list[VersionKey]:
    """The versions of these articles, and those that were extracted from these pages."""
    return _version_keys(session, {each.bytes for each in ids})


def undo_identity(warehouse: Warehouse, url: str, why: str, at: datetime) -> Identity:
    """Make the page with this canonical URL its own article again, for good, with its stored and later versions.
    Raises `UsageError` if it is already its own article."""

    def work(session: Session) -> Identity:
        page_id = uuid5(NAMESPACE_URL, url)
        bring_ids(session, {page_id})
        known = session.models("select_identities", KnownIdentity)
        if not known or known[-1].rule is IdentityRule.UNDONE:
            raise UsageError(f"{url!r} is not joined to another page's article: nothing to undo")
        row = Identity(
            page_id=page_id,
            page_url=url,
            article_id=page_id,
            canonical_url=url,
            source=known[-1].source,
            rule=IdentityRule.UNDONE,
            evidence=why,
            run_id="by hand",
            at=at,
        )
        session.bring(arrow_rows(Identity, [row]))
        session.rows("insert_identities")
        return row

    return warehouse.write("identity undo", work, f"undoing the identity of {url!r}")


def _version_keys(session: Session, keys: Collection[bytes]) -> list[VersionKey]:
    if not keys:
        return []
    bring_keys(session, keys)
    return session.models("select_version_keys", VersionKey)


def _candidates(
    session: Session, versions: Sequence[VersionKey], text_hashes: Mapping[tuple[UUID, int], str] | None = None
) -> list[IdentityCandidate]:
    """Oldest fetch first. `text_hashes`: the hashes of those bodies that were read."""
    if not versions:
        return []
    read = text_hashes or {}
    hashes = pa.array([read.get((one.article_id, one.version)) for one in versions], pa.string())
    session.bring(versions_table(map(_key, versions)).append_column("text_hash", hashes))
    times = [one.loaded_at for one in versions]
    return session.models("select_candidates", IdentityCandidate, first=min(times), last=max(times))


def _of_same_text(session: Session, wanted: TextsWanted | None) -> list[IdentityCandidate]:
    if wanted is None:
        return []
    session.bring(_texts_table(wanted.texts))
    found = session.rows(
        "select_like_texts", first=wanted.first, last=wanted.last, words=wanted.words, looked_up=wanted.looked_up
    )
    versions = [VersionKey(article_id=row[0], version=row[1], loaded_at=row[2]) for row in found]
    may_be_equal = [one for one, row in zip(versions, found, strict=True) if row[3]]
    return _candidates(session, versions, _text_hashes(session, may_be_equal))


def _text_hashes(session: Session, versions: Sequence[VersionKey]) -> dict[tuple[UUID, int], str]:
    """Of few versions: reading bodies takes longer than all else that a load looks up."""
    if not versions:
        return {}
    session.bring(versions_table(map(_key, versions)))
    times = [one.loaded_at for one in versions]
    rows = session.rows("select_text_hashes", first=min(times), last=max(times))
    return {(article_id, version): text_hash for article_id, version, text_hash in rows}


def _key(version: VersionKey) -> tuple[UUID, int, datetime]:
    return version.article_id, version.version, version.loaded_at


def _texts_table(texts: Iterable[tuple[str, str, Sequence[int]]]) -> pa.Table:
    schema = pa.schema([("source", pa.string()), ("body_hash", pa.string()), ("hashes", pa.list_(pa.uint32()))])
    return pa.Table.from_pylist([dict(zip(schema.names, text, strict=True)) for text in texts], schema)
