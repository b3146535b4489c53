"""Mentions: those of each version, of the article as its site last said it, and of what was stored before."""

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.mention import Mention, MentionKind
from schemas.runs.forget import Selection
from tasks.pure.history import rules
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse
from warehouse.load.mentions import find_stored_mentions
from warehouse.tables.forget.rewrite import rewrite_tables

ADA = Mention("Ada Quay", "ada quay", MentionKind.PERSON, 2, True)
LISBON = Mention("Lisboa", "lisbon", MentionKind.PLACE, 1, False)
TEXT = "Yesterday the ferry met President Ana Costa near Lisbon."
ROWS = "SELECT position, text, name, kind, count, in_title FROM main.mentions ORDER BY article_id, position"
VERSIONS = "SELECT version, [one.text FOR one IN mentions] AS texts FROM main.version_mentions ORDER BY version"


def page(hour: int, text: str = TEXT, mentions: tuple[Mention, ...] | None = None) -> tuple[Article, Capture]:
    its = capture("https://harbour.example/1", NOON + hours(hour), f"run-{hour}")
    return article(its, text, mentions=mentions), its


def load(warehouse: Warehouse, *pages: tuple[Article, Capture]) -> None:
    run_id = pages[0][1].run_id
    load_batch(warehouse, batch(pages, run_id, run_id=run_id), NOON + hours(9))


def test_the_mentions_of_an_article_are_those_of_its_newest_version(own: Warehouse) -> None:
    load(own, page(0, mentions=(ADA, LISBON)))
    load(own, page(1, f"{TEXT} Nobody was hurt.", (LISBON,)))

    assert look(own, ROWS) == [(1, "Lisboa", "lisbon", "place", 1, False)]
    assert look(own, VERSIONS) == [(1, ["Ada Quay", "Lisboa"]), (2, ["Lisboa"])]


def test_a_reader_finds_them_in_the_reader_file(own: Warehouse) -> None:
    load(own, page(0, mentions=(ADA, LISBON)))

    assert ask(own, ROWS) == [(1, *ADA[:2], "person", 2, True), (2, *LISBON[:2], "place", 1, False)]


def test_a_batch_that_is_loaded_again_adds_none(own: Warehouse) -> None:
    for _ in range(2):
        load(own, page(0, mentions=(ADA,)))

    assert look(own, "SELECT count(*) FROM main.version_mentions") == [(1,)]


def test_versions_that_nobody_searched_are_searched_later_in_pieces(own: Warehouse) -> None:
    load(own, page(0))
    load(own, page(1, f"{TEXT} Nobody was hurt."))
    assert look(own, ROWS) == []

    pieces = [find_stored_mentions(own, rules, "maintain", NOON, at_most=1) for _ in range(3)]

    assert pieces == [1, 1, 0]
    assert look(own, VERSIONS) == [(1, ["Ana Costa", "Lisbon"]), (2, ["Ana Costa", "Lisbon"])]
    assert look(own, "SELECT name, kind FROM main.mentions ORDER BY position") == [
        ("ana costa", "person"),
        ("lisbon", "place"),
    ]


def test_a_text_that_mentions_nothing_is_not_searched_again(own: Warehouse) -> None:
    load(own, page(0, mentions=()))

    assert find_stored_mentions(own, rules, "maintain", NOON, at_most=9) == 0
    assert look(own, ROWS) == []


def test_the_mentions_of_a_forgotten_article_are_gone(own: Warehouse) -> None:
    load(own, page(0, mentions=(ADA,)))
    ((article_id,),) = look(own, "SELECT article_id FROM main.article_versions")

    rewrite_tables(own, Selection(articles=frozenset({str(article_id)})))

    assert look(own, "SELECT count(*) FROM main.version_mentions") == [(0,)]
