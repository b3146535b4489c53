"""Copies: whose text an article's is, whatever came first and in whichever batches."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.runs.forget import Selection
from tasks.pure.history import rules
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import look
from warehouse.database.connection import Warehouse
from warehouse.load.copies import decide_undecided, sample_stored
from warehouse.tables.forget.rewrite import rewrite_tables
from warehouse.tables.migrate import migrate

WORDS = [f"word{number}" for number in range(4000)]
WIRE = random.Random(1).choices(WORDS, k=600)
OTHER_WIRE = random.Random(2).choices(WORDS, k=600)
Page = tuple[Article, Capture]


def page(outlet: str, words: Sequence[str], published: float | None = 0, fetched: float = 0, **changes: Any) -> Page:
    """An article of an outlet, published and fetched so many hours after noon."""
    its = capture(f"https://{outlet}.example/story", NOON + hours(fetched), f"run-{outlet}-{fetched}")
    its = its.model_copy(update={"link": its.link.model_copy(update={"source": outlet})})
    at = None if published is None else NOON + hours(published)
    precision = None if published is None else "second"
    fields = {"published_at": at, "published_precision": precision, "evidence": (), "links_out": ()}
    return article(its, " ".join(words), **fields | {"word_count": len(words)} | changes), its


def load(warehouse: Warehouse, *pages: Page, at: float = 1) -> None:
    run_id = pages[0][1].run_id
    load_batch(warehouse, batch(pages, f"{run_id} {at}", run_id=run_id), NOON + hours(at))


COPIES = """
SELECT its.source, original.source, its.copy_kind, round(its.copy_share, 1)
FROM main.articles AS its
LEFT JOIN main.articles AS original ON original.article_id = its.duplicate_of
ORDER BY its.source
"""


def test_a_cut_an_embedding_and_a_copy_are_told_apart_and_belong_to_the_first(warehouse: Warehouse) -> None:
    load(warehouse, page("agency", WIRE, -5))
    load(warehouse, page("copier", WIRE, -4), page("cutter", WIRE[:200], -3), page("local", [*WIRE, *OTHER_WIRE], -2))
    load(warehouse, page("alone", random.Random(3).choices(WORDS, k=300), -1))

    assert look(warehouse, COPIES) == [
        ("agency", None, None, None),
        ("alone", None, None, None),
        ("copier", "agency", "copy", 1.0),
        ("cutter", "agency", "cut", 1.0),
        ("local", "agency", "embedded", 1.0),
    ]


def test_a_late_original_takes_the_lead_over_the_copies_that_came_before_it(warehouse: Warehouse) -> None:
    load(warehouse, page("copier", WIRE, -4), page("cutter", WIRE[:300], -3))
    assert look(warehouse, COPIES)[1] == ("cutter", "copier", "cut", 1.0)

    load(warehouse, page("agency", WIRE, -5, fetched=6), at=7)

    assert [row[:2] for row in look(warehouse, COPIES)] == [
        ("agency", None),
        ("copier", "agency"),
        ("cutter", "agency"),
    ]


def test_a_backfilled_original_leads_and_a_text_of_another_season_does_not(warehouse: Warehouse) -> None:
    load(warehouse, page("copier", WIRE, -4))
    load(warehouse, page("agency", WIRE, -24 * 30, fetched=5), at=6)
    load(warehouse, page("almanac", WIRE, -24 * 70, fetched=7), at=8)

    assert [row[:2] for row in look(warehouse, COPIES)] == [
        ("agency", None),
        ("almanac", None),
        ("copier", "agency"),
    ]


def test_a_text_that_becomes_a_copy_by_a_later_version_is_one(warehouse: Warehouse) -> None:
    load(warehouse, page("agency", WIRE, -5), page("copier", OTHER_WIRE, -4))
    assert look(warehouse, "FROM main.copies") == []

    load(warehouse, page("copier", WIRE, -4, fetched=3), at=4)

    assert look(warehouse, COPIES)[1] == ("copier", "agency", "copy", 1.0)


def test_the_decisions_do_not_depend_on_the_batches_or_their_order(
    warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pages = made_pages(random.Random(7))
    load(warehouse, *pages)
    expected = look(warehouse, "FROM main.copies ORDER BY article_id")
    assert len(expected) > 15

    shuffled = random.Random(1).sample(pages, len(pages))
    with other_warehouse(tmp_path_factory) as other:
        for start, end in ((0, 1), (1, 9), (9, 11), (11, len(pages))):
            load(other, *shuffled[start:end], at=start)
        assert look(other, "FROM main.copies ORDER BY article_id") == expected


def made_pages(chance: random.Random) -> list[Page]:
    """Three wires with their copies, cuts and edits, and texts that are merged from two of them."""
    wires = [chance.choices(WORDS, k=500) for _ in range(3)]
    texts = [*wires, [*wires[0][:250], *wires[1][:250]], [*wires[1][:300], *wires[2][:200]]]
    for wire in wires:
        texts += [wire, wire[:150], [*wire, *chance.choices(WORDS, k=200)], wire[100:300], wire[-200:]]
        texts += [[word if chance.random() > 0.05 else "edited" for word in wire] for _ in range(2)]
    hours_of = chance.sample(range(-400, 0), len(texts))
    return [page(f"outlet-{number}", text, hours_of[number]) for number, text in enumerate(texts)]


@contextmanager
def other_warehouse(folders: pytest.TempPathFactory) -> Iterator[Warehouse]:
    home = folders.mktemp("other")
    with Warehouse(f"ducklake:sqlite:{home}/catalog.sqlite?data={home}/data/") as other:
        migrate(other, NOON)
        yield other


def test_a_replay_decides_nothing_anew(warehouse: Warehouse) -> None:
    pages = [page("agency", WIRE, -5), page("copier", WIRE, -4)]
    load(warehouse, *pages)
    tables = ("main.text_samples", "ops.copy_pairs", "ops.copy_decisions")
    counts = f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}"
    before = look(warehouse, counts)

    load(warehouse, *pages)
    load(warehouse, *pages, at=5)

    assert before == look(warehouse, counts) == [(2, 1, 2)]


def test_a_hash_of_many_texts_finds_no_copies(warehouse: Warehouse) -> None:
    own = [[*WIRE[:120], *random.Random(100 + number).choices(WORDS, k=100)] for number in range(203)]
    load(warehouse, *(page(f"outlet-{number}", text, -number) for number, text in enumerate(own)))

    load(warehouse, page("stub", WIRE[:120], 1), at=2)

    assert look(warehouse, "FROM main.copies") == []


def test_a_wire_in_over_two_hundred_articles_is_one_text_also_cut_or_within_a_longer_one(
    warehouse: Warehouse,
) -> None:
    chance = random.Random(5)
    texts = [[word if chance.random() > 0.01 else "edited" for word in WIRE[:300]] for _ in range(204)]
    load(warehouse, *(page(f"outlet-{number}", text, number / 20) for number, text in enumerate(texts)))
    late = [
        page("cutter", WIRE[:120], 12),
        page("local", [*WIRE[:300], *OTHER_WIRE], 13),
        page("alone", random.Random(3).choices(WORDS, k=300), 13),
    ]

    load(warehouse, *late, at=4)

    assert look(warehouse, "SELECT count(*), count(DISTINCT duplicate_of) FROM main.copies") == [(206, 1)]
    kinds = look(warehouse, f"SELECT source, copy_kind FROM ({COPIES}) WHERE source IN ('cutter', 'local', 'alone')")
    assert sorted(kinds) == [("alone", None), ("cutter", "cut"), ("local", "embedded")]


def test_versions_of_an_earlier_newsdesk_are_sampled_in_pieces_with_the_same_answers(own: Warehouse) -> None:
    load(own, page("agency", WIRE, -5), page("copier", WIRE, -4), page("cutter", WIRE[:300], -3))
    expected = look(own, "FROM main.copies ORDER BY article_id")
    for table in ("main.text_samples", "ops.copy_pairs", "ops.copy_decisions"):
        own.write("test", lambda session, table=table: session.script(f"DELETE FROM {table}"))  # type: ignore[misc]

    pieces = [sample_stored(own, rules, "run-m", NOON + hours(9), at_most=2) for _ in range(3)]

    assert pieces == [2, 1, 0]
    assert look(own, "FROM main.copies ORDER BY article_id") == expected


def test_the_copies_of_a_forgotten_article_are_copies_of_the_next(own: Warehouse) -> None:
    pages = [page("agency", WIRE, -5), page("copier", WIRE, -4), page("cutter", WIRE[:300], -3)]
    load(own, *pages)

    rewrite_tables(own, Selection(articles=frozenset({str(pages[0][0].article_id)})))
    decide_undecided(own, rules, "forget", NOON)

    assert [row[:2] for row in look(own, COPIES)] == [("copier", None), ("cutter", "copier")]
    assert look(own, "SELECT count(*) FROM main.text_samples") == [(2,)]
