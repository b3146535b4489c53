"""Pasts: what the warehouse knows of the articles of a batch, read within the load's transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from schemas.history.timeline import STATED_FIELDS, Match, Said, Seen, Stated, StatedRow
from schemas.items.article import Article
from warehouse.database.columns import column_name
from warehouse.database.connection import Session
from warehouse.load.changes import covers
from warehouse.load.decide_versions import Past, around, ordered

_KEYS = pa.schema([("article_id", pa.uuid()), ("version", pa.int64()), ("loaded_at", pa.timestamp("us", tz="UTC"))])


def matches(session: Session, ids: Collection[UUID]) -> list[Match]:
    """The versions of these articles, and those that were read from these pages."""
    if not ids:
        return []
    bring_ids(session, ids)
    return session.models("select_matches", Match)


def pasts(
    session: Session, articles: Sequence[Article], found: Sequence[Match], is_read_anew: bool
) -> dict[UUID, Past]:
    """The past of every article that has one, by its id; `found` are the versions of the articles and pages."""
    ids = {article.article_id for article in articles}
    last: dict[UUID, int] = defaultdict(int)
    for one in found:
        for key in {one.article_id, one.page_id or one.article_id} & ids:
            last[key] = max(last[key], one.version)
    if not last:
        return {}
    bring_ids(session, last.keys())
    times = [one.loaded_at for one in found]
    said: dict[UUID, list[Said]] = defaultdict(list)
    for moment in session.models("select_timeline", Said, first=min(times), last=max(times)):
        said[moment.article_id].append(moment)
    captures = {article.capture_id for article in articles} if is_read_anew else set()
    anew = _read_before(session, [one for its in said.values() for one in its if one.capture_id in captures])
    _add_seen(session, articles, said)
    return {key: Past(ordered(said[key]), number, anew) for key, number in last.items()}


def stated(session: Session, said: Iterable[Said]) -> dict[tuple[UUID, int], Stated]:
    """What the versions of these moments say, by the article that they were loaded as and their number."""
    wanted = list(said)
    if not wanted:
        return {}
    bring_versions(session, [(one.loaded_as, one.version, one.loaded_at) for one in wanted])
    times = [one.loaded_at for one in wanted]
    fields = [column_name(field) for field in STATED_FIELDS]
    found = session.models("select_stated", StatedRow, fields=fields, first=min(times), last=max(times))
    return {(one.article_id, one.version): one for one in found}


def bring_versions(session: Session, keys: Iterable[tuple[UUID, int, datetime]]) -> None:
    """Let statements see versions as `arriving`: article, number and the time of their load."""
    rows = [dict(zip(_KEYS.names, key, strict=True)) for key in keys]
    session.bring(pa.Table.from_pylist(rows, schema=_KEYS))


def bring_ids(session: Session, ids: Collection[UUID]) -> None:
    """Let statements see the ids as `arriving`."""
    bring_keys(session, [each.bytes for each in ids])


def bring_keys(session: Session, keys: Collection[bytes]) -> None:
    """The same of ids as bytes."""
    its = pa.ExtensionArray.from_storage(pa.uuid(), pa.array(list(keys), pa.binary(16)))
    session.bring(pa.table({"article_id": its}))


def _add_seen(session: Session, articles: Sequence[Article], said: dict[UUID, list[Said]]) -> None:
    """Adds the fetches after those of the articles that say something else than was said until then: an
    article that a fetch saw unchanged since has not changed, whatever an older capture says."""
    others = [article for article in articles if said[article.article_id] and _says_else(article, said)]
    if not others:
        return
    bring_ids(session, {article.article_id for article in others})
    for seen in session.models("select_seen", Seen, since=min(article.fetched_at for article in others)):
        its = said[seen.article_id]
        known = next((one for one in its if one.version == seen.version), None)
        if known and all(one.said_at != seen.seen_at for one in its):
            its.append(known.model_copy(update={"said_at": seen.seen_at, "seen": seen}))


def _says_else(article: Article, said: Mapping[UUID, Sequence[Said]]) -> bool:
    before, _ = around(article, said[article.article_id])
    return before is None or not covers(before, article)


def _read_before(session: Session, said: Sequence[Said]) -> Mapping[UUID, Stated]:
    found = stated(session, said)
    return {one.capture_id: found[one.loaded_as, one.version] for one in said}
