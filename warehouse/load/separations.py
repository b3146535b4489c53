"""Takes an article out of its story where a person says that it is not of it."""

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.errors import UsageError
from schemas.history.stories import StoryEvent, StoryEventKind, StorySeparation, StoryState
from schemas.items.article import ArticleVersion
from warehouse.database.connection import Session, Warehouse
from warehouse.load.arriving import bring_ids
from warehouse.load.rules import HistoryRules
from warehouse.load.stories import frequencies, insert

BY_HAND = "by hand"


def undo_join(warehouse: Warehouse, url: str, why: str, at: datetime, rules: HistoryRules) -> StoryEvent:
    """Give the article with this canonical URL a story of its own, for good. Raises `UsageError` where it has no
    story, is a copy, or is alone in its story."""
    article_id = uuid5(NAMESPACE_URL, url)

    def work(session: Session) -> StoryEvent:
        bring_ids(session, {article_id})
        rows = session.rows("select_story_of_article")
        others = [member for member, _, is_asked, _ in rows if not is_asked]
        if not rows or len(others) == len(rows):
            raise UsageError(f"{url!r} has no story, or is a copy: `newsdesk stories show` has the URLs")
        if not others:
            raise UsageError(f"{url!r} is the only article of its story: nothing to undo")
        story_id, step = rows[0][1], rows[0][3] + 1
        event = StoryEvent(
            step=step,
            kind=StoryEventKind.UNDONE,
            story_id=uuid5(article_id, f"story {step}"),
            article_id=article_id,
            other_story_id=story_id,
            why=why,
            run_id=BY_HAND,
            at=at,
        )
        said = [
            StorySeparation(article_id=article_id, other_article_id=other, why=why, run_id=BY_HAND, at=at)
            for other in others
        ]
        insert(session, "insert_story_separations", StorySeparation, said)
        insert(session, "insert_story_events", StoryEvent, [event])
        insert(session, "insert_story_states", StoryState, _states(session, event, others, rules))
        return event

    return warehouse.write("stories undo", work, f"taking {url!r} out of its story")


def _states(session: Session, event: StoryEvent, others: list[UUID], rules: HistoryRules) -> list[StoryState]:
    """Those of both stories, made of the texts of their articles anew; none where an earlier release loaded them."""
    assert event.article_id
    bring_ids(session, [event.article_id, *others])
    versions = session.models("select_first_versions", ArticleVersion)
    new = rules.new_articles(versions, {})
    before = session.models("select_last_story_state", StoryState, story_id=event.other_story_id)
    if not before:
        return []
    made = rules.story_vectors(new, frequencies(session, new), {})
    return rules.parted(made.articles, event, before[0])
