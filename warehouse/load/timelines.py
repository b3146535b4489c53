"""Looks up the timelines from which the rules decide the versions of a batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from schemas.history.load_decisions import KnownTimelines
from schemas.history.timeline import (
    STORED_FIELDS,
    RepeatFetch,
    StoredVersion,
    StoredVersionRow,
    TimelineMoment,
    VersionKey,
)
from schemas.items.article import Article
from warehouse.database.connection import Session
from warehouse.database.names import column_name
from warehouse.load.arriving import bring_ids, bring_versions
from warehouse.load.rules import HistoryRules


def known_timelines(
    session: Session,
    articles: Sequence[Article],
    versions: Sequence[VersionKey],
    rules: HistoryRules,
    is_read_anew: bool,
) -> KnownTimelines:
    """The stored timelines of the articles; `versions` are those of the articles and of their pages."""
    last = _last_versions(articles, versions)
    if not last:
        return KnownTimelines()
    bring_ids(session, last.keys())
    times = [one.loaded_at for one in versions]
    moments: dict[UUID, list[TimelineMoment]] = defaultdict(list)
    for moment in session.models("select_timeline", TimelineMoment, first=min(times), last=max(times)):
        moments[moment.article_id].append(moment)
    captures = {article.capture_id for article in articles} if is_read_anew else set()
    replaced = _replaced(session, [one for its in moments.values() for one in its if one.capture_id in captures])
    repeats = _repeats(session, rules.repeats_to_look_up(articles, moments))
    return KnownTimelines(moments, last, repeats, replaced)


def stored_versions(session: Session, moments: Iterable[TimelineMoment]) -> dict[tuple[UUID, int], StoredVersion]:
    """The stored versions at these moments, by the article_id under which they were loaded and their number."""
    wanted = list(moments)
    if not wanted:
        return {}
    bring_versions(session, [(one.loaded_as, one.version, one.loaded_at) for one in wanted])
    times = [one.loaded_at for one in wanted]
    fields = [column_name(field) for field in STORED_FIELDS]
    found = session.models(
        "select_stored_versions", StoredVersionRow, fields=fields, first=min(times), last=max(times)
    )
    return {(one.article_id, one.version): one for one in found}


def _last_versions(articles: Sequence[Article], versions: Sequence[VersionKey]) -> dict[UUID, int]:
    """By article, the highest version number of the article or of its page."""
    ids = {article.article_id for article in articles}
    last: dict[UUID, int] = {}
    for one in versions:
        for key in {one.article_id, one.page_id or one.article_id} & ids:
            last[key] = max(last.get(key, 0), one.version)
    return last


def _replaced(session: Session, moments: Sequence[TimelineMoment]) -> Mapping[UUID, StoredVersion]:
    found = stored_versions(session, moments)
    return {one.capture_id: found[one.loaded_as, one.version] for one in moments}


def _repeats(session: Session, articles: Sequence[Article]) -> list[RepeatFetch]:
    """The fetches after the oldest of these articles that returned a known version of one of them."""
    if not articles:
        return []
    bring_ids(session, {article.article_id for article in articles})
    return session.models("select_repeats", RepeatFetch, since=min(article.fetched_at for article in articles))
