"""Both engines find the same, as a search through all texts does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.pure.search import terms
from tasks.pure.search.query import parse_query
from warehouse.search import fts5, tantivy_engine
from warehouse.search.ask import Filters, asked
from warehouse.search.index import IndexedText, SearchIndex, version_of
from warehouse.search.side_file import SideFile

TEXTS = {
    1: ("A heat wave reaches München", "The heat is on. Rivers fall."),
    2: ("Rain at last", "After the wave of heat comes rain, elections wait."),
    3: ("東京都知事が会見", "都庁で会見を開いた。"),
    4: ("서울시장 선거", "서울에서 선거가 열린다."),
    5: ("ผู้ว่าการกรุงเทพ", "ประเทศไทยมีฝนตก"),
    6: ("北京发布高温预警", "气象台说5月3日很热"),
    7: ("أخبار", "وصل الوفد والقاهرة هادئة"),
    8: ("Elected", "An electric heater for the café."),
}
DAY_S = 86_400.0


def text(number: int, version: int = 1, body: str = "") -> IndexedText:
    """The text of the number; published on the day of its number, in source a (odd) or b."""
    title, known = TEXTS[number]
    source, language = ("a", "en-GB") if number % 2 else ("b", "de")
    at, section = number * DAY_S, "World" if number < 3 else None
    url = f"https://a.example/{number}"
    return IndexedText(
        f"id-{number}", version, source, url, title, None, body or known, at, "second", at, language, section
    )


@pytest.fixture(params=["fts5", "tantivy"])
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SearchIndex]:
    """An index of all texts."""
    file = SideFile(tmp_path)
    file.make(version_of(terms), request.param)
    file.close()
    made = SearchIndex(tmp_path, terms)
    add(made, *(text(number) for number in TEXTS))
    yield made
    made.close()


def add(index: SearchIndex, *texts: IndexedText) -> None:
    with index.file.transaction():
        index.add(texts)
        index.engine.commit()


def found(index: SearchIndex, query: str, filters: Filters | None = None, limit: int = 100) -> set[int]:
    answer = asked(index, parse_query(query), filters or Filters(), limit)
    return {int(hit.article_id.removeprefix("id-")) for hit in answer.hits}


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("heat", {1, 2}),
        ("HEAT rain", {2}),
        ('"heat wave"', {1}),
        ('"wave of heat"', {2}),
        ("elect*", {2, 8}),
        ('"comes ra"*', {2}),
        ("heat NOT rain", {1}),
        ("(munchen OR cafe) NOT rivers", {8}),
        ("東京", {3}),
        ("京都", {3}),
        ("東京 会見", {3}),
        ("京", {3, 6}),
        ("会", {3}),
        ("発表", set()),
        ("서울", {4}),
        ("선거", {4}),
        ("กรุงเทพ", {5}),
        ("ฝนตก", {5}),
        ("高温", {6}),
        ("5月3日", {6}),
        ("القاهرة", {7}),
        ("قاهرة", {7}),
        ("nowhere", set()),
    ],
)
def test_a_query_finds_these(index: SearchIndex, query: str, numbers: set[int]) -> None:
    assert found(index, query) == numbers
    assert set(index.engine.matches(parse_query(query))) == numbers


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(since=2 * DAY_S), {2, 8}),
        (Filters(until=2 * DAY_S), {1}),
        (Filters(since=2 * DAY_S, until=8 * DAY_S), {2}),
        (Filters(sources=["a"]), {1}),
        (Filters(sources=["a", "b"]), {1, 2, 8}),
        (Filters(sources=["unknown"]), set()),
        (Filters(language="EN"), {1}),
        (Filters(section="world"), {1, 2}),
        (Filters(articles=("id-2", "id-8")), {2, 8}),
        (Filters(articles=()), set()),
        (Filters(after_doc=1), {2, 8}),
    ],
    ids=lambda value: str(value) if isinstance(value, set) else "",
)
def test_hits_are_as_the_filters_want(index: SearchIndex, filters: Filters, numbers: set[int]) -> None:
    assert found(index, "heat OR heater", filters) == numbers


def test_a_word_in_the_title_comes_first(index: SearchIndex) -> None:
    hits = asked(index, parse_query("rain OR elected"), Filters(), 1).hits

    assert hits[0].article_id == "id-8"
    assert hits[0].score > 0


def test_there_is_more_than_the_limit(index: SearchIndex) -> None:
    assert asked(index, parse_query("heat"), Filters(), 1).has_more
    assert not asked(index, parse_query("heat"), Filters(), 2).has_more


def test_earlier_versions_do_not_hide_the_newest(index: SearchIndex) -> None:
    add(index, *(text(1, version, "The heat is on.") for version in range(200, 1, -1)))

    assert [hit.version for hit in asked(index, parse_query("heat NOT rain"), Filters(), 5).hits] == [200]
    assert len(asked(index, parse_query("heat NOT rain"), Filters(is_all_versions=True), 500).hits) == 200


def test_a_query_with_too_many_matches_ranks_the_latest_and_says_so(
    index: SearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (fts5, tantivy_engine):
        monkeypatch.setattr(module, "RANKED_AT_MOST", 3)
    add(index, *(text(1, version, "The heat is on.") for version in range(2, 90)))

    every = asked(index, parse_query("heat"), Filters(is_all_versions=True), 2)
    if index.engine.name == "fts5":
        assert every.ranked_at_most == 3
        assert {hit.version for hit in every.hits} <= {87, 88, 89}
    rare = asked(index, parse_query("rain"), Filters(), 5)
    assert (rare.ranked_at_most, len(rare.hits)) == (None, 1)


def test_what_is_removed_is_found_no_more_and_the_rest_is(index: SearchIndex) -> None:
    with index.file.transaction():
        assert index.remove(["id-1", "id-5"]) == 2
        index.erase()
        index.engine.commit()

    assert found(index, "heat OR ฝนตก OR 会見") == {2, 3}
