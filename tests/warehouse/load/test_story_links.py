"""Stories in two languages that tell of one event are linked, with what they share, and stay two stories."""

from pathlib import Path
from uuid import UUID

from schemas.history.stories import StoryEvent, StoryEventKind
from schemas.items.article import Article, OutLink
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from tasks.pure.history import rules
from tests.support.warehouse.batch_samples import NOON, batch, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import ask, look
from tests.support.warehouse.story_samples import told
from warehouse.database.connection import Warehouse
from warehouse.load.stories import insert
from warehouse.load.story_links import link_stories
from warehouse.tables.migrate import migrate

LINKS = "FROM main.story_links ORDER BY ALL"
RU = str.maketrans("bdfgklmnprstvz", "бдфгклмнпрствз")
LEFT_OUT = str.maketrans("", "", "chjwCHJW")
"""What is no single letter in both scripts."""
PHOTO = "https://agency.example/photo/7.jpg"
Page = tuple[Article, Capture]


def said(event: int, outlet: int, language: str, at_hours: float = 0, image_url: str | None = None) -> Page:
    """An article about the event in that language; in Russian its words are in Cyrillic letters."""
    article, capture = told(event, outlet, NOON + hours(at_hours))
    body = " ".join(article.body.split()[:-10])  # Without what all samples share.
    title, body = article.title.lower().translate(LEFT_OUT), body.translate(LEFT_OUT)
    if language == "ru":
        title, body = title.translate(RU), body.translate(RU)
    change = {"language": language, "image_url": image_url, "title": title, "body": body, "links_out": ()}
    return article.model_copy(update=change), capture


def load(warehouse: Warehouse, its: list[Page], name: str = "one", is_linked: bool = True) -> None:
    loaded: Batch[Article] = batch(its, name, run_id=name)
    load_batch(warehouse, loaded, NOON)
    if is_linked:
        link_stories(warehouse, rules, name, NOON)


def test_an_event_in_two_scripts_is_two_stories_that_are_linked_by_the_names(warehouse: Warehouse) -> None:
    load(warehouse, [said(1, 0, "en"), said(1, 1, "ru"), said(2, 2, "ru"), said(3, 3, "en")])

    rows = look(warehouse, "SELECT language, other_language, strength, evidence FROM main.story_links ORDER BY ALL")

    assert [row[:2] for row in rows] == [("en", "ru"), ("ru", "en")]
    assert 0.25 <= rows[0][2] == rows[1][2] < 1
    assert {one["kind"] for one in rows[0][3]} == {"term"}
    assert all(one["what"].isascii() for one in rows[0][3])
    assert look(warehouse, "SELECT count(*) FROM main.stories") == [(4,)]


def test_stories_far_apart_in_time_are_not_linked(warehouse: Warehouse) -> None:
    load(warehouse, [said(1, 0, "en"), said(1, 1, "ru", 24 * 6)])

    assert look(warehouse, LINKS) == []


def test_a_shared_image_links_whatever_the_words_are_and_a_logo_does_not(warehouse: Warehouse) -> None:
    logo = "https://agency.example/logo.png"
    languages = ("en", "ru", "de", "fr", "it", "es")
    load(
        warehouse,
        [
            said(1, 0, "en", image_url=PHOTO),
            said(2, 1, "ru", image_url=PHOTO),
            *(said(number, 2, language, image_url=logo) for number, language in enumerate(languages, 10)),
        ],
    )

    rows = look(warehouse, "SELECT strength, evidence FROM main.story_links")

    assert rows == [(1.0, [{"kind": "image", "what": PHOTO, "share": None}])] * 2


def test_a_link_to_one_page_of_another_site_links_and_one_to_a_whole_site_does_not(warehouse: Warehouse) -> None:
    def linking(page: Page, url: str) -> Page:
        return page[0].model_copy(update={"links_out": (OutLink(url=url),)}), page[1]

    load(
        warehouse,
        [
            *(linking(said(n, n, language), "https://court.example/7") for n, language in ((1, "en"), (2, "ru"))),
            *(linking(said(n, n, language), "https://court.example/") for n, language in ((3, "en"), (4, "ru"))),
        ],
    )

    rows = look(warehouse, "SELECT strength, evidence[1].kind, evidence[1].what FROM main.story_links")
    assert rows == [(1.0, "link", "https://court.example/7")] * 2


def test_when_stories_are_compared_decides_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    its = [
        said(event, outlet, "ru" if outlet % 2 else "en", event + outlet, PHOTO if event in (1, 2) else None)
        for event in range(1, 8)
        for outlet in range(4)
    ]
    its = sorted(its, key=lambda page: page[1].fetched_at)
    for place in range(0, len(its), 4):
        load(warehouse, its[place : place + 4], f"{place}")

    with Warehouse(url_of(tmp_path / "second")) as second:
        migrate(second, NOON)
        for place in range(0, len(its), 7):
            load(second, its[place : place + 7], f"{place}", is_linked=False)
        assert link_stories(second, rules, "once", NOON) > 0
        assert look(second, LINKS) == look(warehouse, LINKS)
        assert len(look(second, LINKS)) >= 14
        assert link_stories(second, rules, "again", NOON) == 0


def test_the_links_of_a_story_that_is_merged_into_another_end(warehouse: Warehouse) -> None:
    load(warehouse, [said(1, 0, "en"), said(1, 1, "ru")])
    ((kept, gone),) = look(warehouse, "SELECT story_id, other_story_id FROM main.story_links WHERE language = 'en'")

    event = StoryEvent(
        step=20001, kind=StoryEventKind.MERGED, story_id=UUID(int=1), other_story_id=gone, run_id="x", at=NOON
    )
    warehouse.write("merge", lambda session: insert(session, "insert_story_events", StoryEvent, [event]))

    assert kept != gone
    assert look(warehouse, LINKS) == []


def test_the_report_tells_both_headlines_once(warehouse: Warehouse) -> None:
    load(warehouse, [said(1, 0, "en"), said(1, 1, "ru")])

    ((language, other, strength),) = ask(
        warehouse, "SELECT language, other_language, strength FROM reports.stories_across_languages"
    )

    assert (language, other) == ("en", "ru")
    assert strength >= 0.25
