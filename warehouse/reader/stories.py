"""Stories: those of the day, and the headlines of one, from the reader file."""

from datetime import datetime
from pathlib import Path

from schemas.errors import UsageError
from schemas.history.story_answers import LinkedStory, StoryDecision, StoryLine, StoryMember, StoryTold
from warehouse.database.session import Session
from warehouse.reader.file import Reader


def stories_in(
    session: Session,
    now: datetime,
    since: datetime | None = None,
    language: str | None = None,
    source: str | None = None,
    limit: int = 20,
) -> tuple[StoryLine, ...]:
    """The stories with an article since that instant (UTC), in this language, with an article of this source; None:
    any. Those of most outlets first; every 12 hours before `now` (UTC) halve a story's weight."""
    asked = {"since": since, "language": language, "source": source, "story_id": None}
    return tuple(session.models("select_stories", StoryLine, now=now, most=limit, **asked))


def story(reader_path: Path, story_id: str, now: datetime) -> StoryTold:
    """The story of this id, or of an id that begins so. Raises `UsageError` where there is none, or several."""
    with Reader(reader_path) as session:
        return story_in(session, story_id, now)


def story_in(session: Session, story_id: str, now: datetime) -> StoryTold:
    """As `story`, by a session that is open."""
    any_of = {"since": None, "language": None, "source": None}
    found = session.models("select_stories", StoryLine, now=now, most=2, story_id=story_id.lower(), **any_of)
    if len(found) != 1:
        what = "no story has an id" if not found else "several stories have ids"
        raise UsageError(f"{what} that begins with {story_id!r}: `newsdesk stories --json` has the ids")
    its = found[0].story_id
    members = session.models("select_story_members", StoryMember, story_id=its)
    decisions = session.models("select_story_decisions", StoryDecision, story_id=its)
    links = session.models("select_links_of_story", LinkedStory, story_id=its)
    return StoryTold(story=found[0], members=tuple(members), decisions=tuple(decisions), links=tuple(links))
