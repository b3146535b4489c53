"""Links the stories that changed with those in other languages, once a run: what links them is kept as they grow."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from schemas.history.story_links import (
    InCommon,
    LinksWanted,
    SharedTerms,
    SharedUrl,
    StoryLinkDecision,
    StoryLinkRound,
)
from warehouse.database.connection import Session, Warehouse
from warehouse.load.arriving import bring_ids
from warehouse.load.rules import HistoryRules
from warehouse.load.stories import insert

Rows = Sequence[tuple[UUID, datetime, datetime]]
"""Stories with the times of their first and last article (UTC)."""


def are_linked(warehouse: Warehouse) -> bool:
    """Whether no story has changed since the last time that stories were linked."""
    ((linked, decided),) = warehouse.look(lambda session: session.rows("select_last_link_round"), "linking stories")
    return bool(decided <= linked)


def link_stories(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime) -> int:
    """Compare the stories that changed since the last time with those in other languages, and write what is decided
    otherwise than before; `at` (UTC) is now. Returns the number of decisions. A link depends on the two stories and
    on those that name the same images and pages, as they are, so that when they are compared makes no difference."""
    if are_linked(warehouse):
        return 0
    return warehouse.write(run_id, lambda session: _link(session, rules, run_id, at), "linking stories")


def _link(session: Session, rules: HistoryRules, run_id: str, at: datetime) -> int:
    ((linked, decided),) = session.rows("select_last_link_round")
    changed = session.rows("select_changed_stories", linked=linked)
    rows: list[StoryLinkDecision] = []
    if changed:
        wanted = rules.links_to_look_up()
        rows = rules.decide_links(_in_common(session, changed, wanted), decided, run_id, at)
    insert(session, "insert_story_link_decisions", StoryLinkDecision, rows)
    insert(session, "insert_story_link_rounds", StoryLinkRound, [StoryLinkRound(step=decided, run_id=run_id, at=at)])
    return len(rows)


def _in_common(session: Session, changed: Rows, wanted: LinksWanted) -> InCommon:
    """What the stories that changed, and those that name a URL near them, have in common with others."""
    session.rows("create_held_urls", **_span(changed, wanted))
    bring_ids(session, {story_id for story_id, *_ in changed})
    touched = [*changed, *session.rows("select_holders", open_for=wanted.open_for)]
    span = _span(touched, wanted)
    session.rows("create_held_urls", **span)
    bring_ids(session, {story_id for story_id, *_ in touched})
    terms = session.rows(
        "select_shared_terms", open_for=wanted.open_for, strength=wanted.strength, shared=wanted.shared, **span
    )
    urls = session.rows("select_shared_urls", open_for=wanted.open_for, holders=wanted.holders)
    stored = session.models("select_standing_links", StoryLinkDecision)
    return InCommon([SharedTerms(*row) for row in terms], [SharedUrl(*row) for row in urls], stored)


def _span(stories: Rows, wanted: LinksWanted) -> dict[str, datetime]:
    first, last = min(first for _, first, _ in stories), max(last for *_, last in stories)
    return {"first": first - wanted.open_for, "last": last + wanted.open_for}
