"""Large stories are looked through, and what looks like another story is proposed and changes nothing."""

from schemas.history.stories import StoryEvent, StoryEventKind, StoryState
from tasks.pure.history import rules
from tests.support.warehouse.batch_samples import NOON, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import look
from tests.support.warehouse.story_samples import batches, told
from warehouse.database.connection import Session, Warehouse
from warehouse.load.splits import propose_splits
from warehouse.load.stories import insert

STORIES = "SELECT article_id, story_id FROM main.story_articles ORDER BY ALL"


def test_of_a_story_that_took_in_another_event_its_articles_are_proposed_once(warehouse: Warehouse) -> None:
    its = [told(1, outlet, NOON + hours(outlet)) for outlet in range(22)]
    others = [told(2, outlet, NOON + hours(outlet)) for outlet in range(30, 40)]
    load_batch(warehouse, batches([*its, *others], 32)[0], NOON)
    (kept,), (gone,) = look(warehouse, "SELECT story_id FROM main.stories ORDER BY articles DESC")

    def merge(session: Session) -> None:
        state = session.models("select_last_story_state", StoryState, story_id=kept)[0]
        step = state.step + 900_000
        grown = state.model_copy(update={"articles": 32, "step": step})
        event = StoryEvent(
            step=step, kind=StoryEventKind.MERGED, story_id=kept, other_story_id=gone, run_id="x", at=NOON
        )
        insert(session, "insert_story_states", StoryState, [grown])
        insert(session, "insert_story_events", StoryEvent, [event])

    warehouse.write("merge", merge)
    before = look(warehouse, STORIES)

    assert [propose_splits(warehouse, rules, "maintain", NOON) for _ in range(2)] == [1, 0]

    rows = look(warehouse, "SELECT article_id FROM ops.story_events WHERE kind = 'split_proposed'")
    assert {row[0] for row in rows} == {article.article_id for article, _ in others}
    assert look(warehouse, STORIES) == before
    assert {story for _, story in before} == {kept}


def test_a_large_story_of_one_event_is_left_alone(warehouse: Warehouse) -> None:
    load_batch(warehouse, batches([told(1, outlet, NOON + hours(outlet)) for outlet in range(32)], 32)[0], NOON)

    assert look(warehouse, "SELECT articles FROM main.stories") == [(32,)]
    assert propose_splits(warehouse, rules, "maintain", NOON) == 0
