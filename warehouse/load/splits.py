"""Looks through large stories for such as are two, and writes what the rules propose; a person decides."""

from datetime import datetime, timedelta
from uuid import UUID

from schemas.history.stories import StoryEvent
from schemas.items.article import ArticleVersion
from warehouse.database.connection import Session, Warehouse
from warehouse.load.arriving import bring_ids
from warehouse.load.rules import HistoryRules
from warehouse.load.stories import frequencies, insert

LARGE = 30
"""Articles that a story has more of, before it is looked at; with fewer a person sees it."""
AT_MOST = 500
"""Articles of a story that are compared, the last ones: each is compared with each."""
STORIES_A_ROUND = 100
WEEK = timedelta(days=8)
"""Between two looks, with a day for a round that came late."""


def propose_splits(warehouse: Warehouse, rules: HistoryRules, run_id: str, at: datetime) -> int:
    """Look through the stories of over 30 articles that changed within eight days of `at` (now, UTC), largest first;
    returns how many look like two. What was proposed of a story stands, and nothing more is proposed of it."""
    asked = {"large": LARGE, "most": STORIES_A_ROUND, "since": at - WEEK}
    looked = warehouse.look(lambda session: session.rows("select_large_stories", **asked), "reading stories")
    return sum(_proposed(warehouse, story_id, rules, run_id, at) for (story_id,) in looked)


def _proposed(warehouse: Warehouse, story_id: UUID, rules: HistoryRules, run_id: str, at: datetime) -> bool:
    def work(session: Session) -> bool:
        members = session.rows("select_last_members", story_id=story_id, most=AT_MOST)
        if len(members) <= LARGE:
            return False
        bring_ids(session, {article_id for article_id, _ in members})
        new = rules.new_articles(session.models("select_first_versions", ArticleVersion), {})
        made = rules.story_vectors(new, frequencies(session, new), {})
        events = rules.propose_split(story_id, made.articles, members[0][1] + 1, run_id, at)
        insert(session, "insert_story_events", StoryEvent, events)
        return bool(events)

    return warehouse.write(run_id, work, "looking for stories that are two")
