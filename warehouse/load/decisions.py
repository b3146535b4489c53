"""Looks up the stored facts on a batch's articles; the rules then decide the article and version of each."""

from datetime import datetime
from typing import NamedTuple

from schemas.history.identity import IdentityRule
from schemas.history.load_decisions import Identified, KnownTimelines, VersionDecision
from schemas.items.article import Article
from schemas.runs.batch import Batch
from warehouse.database.connection import Session
from warehouse.load.identities import known_pages, version_keys
from warehouse.load.rules import HistoryRules
from warehouse.load.timelines import known_timelines


class Decided(NamedTuple):
    """The decisions on a batch, one for each article, and the timelines that they were made from."""

    identified: Identified = Identified()
    timelines: KnownTimelines = KnownTimelines()
    versions: tuple[VersionDecision, ...] = ()


def decide(session: Session, batch: Batch[Article], rules: HistoryRules, at: datetime, is_read_anew: bool) -> Decided:
    """Decide on the batch and store nothing. Raises `NewsdeskError` if an article's capture is not in the batch."""
    if not batch.kept:
        return Decided()
    wanted = rules.pages_to_look_up(batch)
    known = known_pages(session, batch.kept, wanted, rules)
    identified = rules.identify(batch, wanted, known, at)
    copied = {one.article_id for one in identified.rows if one.rule is IdentityRule.SAME_TEXT}
    versions = [*known.versions, *version_keys(session, copied)]
    timelines = known_timelines(session, identified.articles, versions, rules, is_read_anew)
    decisions = rules.decide_versions(identified.articles, timelines, batch.ledger.readings, is_read_anew)
    return Decided(identified, timelines, tuple(decisions))
