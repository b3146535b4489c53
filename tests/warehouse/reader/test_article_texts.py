"""Articles by id, URL or words of the headline, and the texts of their versions."""

from pathlib import Path

import pytest

from schemas.history.article_texts import Matches
from tasks.pure.urls.reference import reference
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.reader.article_texts import find_articles, version_texts

FERRY = "https://harbour.example/news/ferry-sails"
BRIDGE = "https://harbour.example/news/bruecke"
CAFE = "https://harbour.example/news/cafe"


@pytest.fixture
def reader(warehouse: Warehouse) -> Path:
    """Three articles; the headline of the first was another one six hours earlier."""
    first = [
        (article(one := capture(FERRY), title="Ferry Sails", body="The ferry sails again at dawn."), one),
        (article(two := capture(BRIDGE), "Die Brücke bleibt zu bis Mai.", title="Brücke bleibt zu"), two),
        (article(three := capture(CAFE), "Le café du port rouvre demain.", title="Café du port"), three),
    ]
    load_batch(warehouse, batch(first, "a"), NOON)
    later = capture(FERRY, NOON + hours(6), "run-2")
    text = "The ferry sails again at noon."
    load_batch(warehouse, batch([(article(later, text, title="Boat sails again"), later)], "b", run_id="run-2"), NOON)
    return published(warehouse)


def find(reader: Path, text: str) -> Matches:
    return find_articles(reader, reference(text))


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (FERRY, [FERRY]),
        (FERRY + "?utm_source=feed#top", [FERRY]),
        ("harbour.example/news/bruecke", [BRIDGE]),
        ("cafe PORT", [CAFE]),
        ("brücke", [BRIDGE]),
        ("boat again", [FERRY]),
        ("ferry sails", [FERRY]),
    ],
)
def test_an_article_is_found_by_what_names_it(reader: Path, text: str, urls: list[str]) -> None:
    assert [each.canonical_url for each in find(reader, text).meant] == urls


def test_an_article_is_found_by_its_id_and_by_the_beginning_of_that(reader: Path) -> None:
    whole = str(find(reader, FERRY).meant[0].article_id)
    assert [str(each.article_id) for each in find(reader, whole[:8]).meant] == [whole]
    assert [str(each.article_id) for each in find(reader, whole).meant] == [whole]


def test_what_names_several_articles_gives_them_all(reader: Path) -> None:
    found = find(reader, "u")
    assert {each.canonical_url for each in found.meant} == {BRIDGE, CAFE}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("ferry sales", FERRY),
        ("Brüke bleibt zu", BRIDGE),
        ("Café du porc", CAFE),
        ("harbour.example/news/ferry-sails-2", FERRY),
    ],
)
def test_what_names_none_gives_those_that_come_closest(reader: Path, text: str, url: str) -> None:
    found = find(reader, text)
    assert found.meant == ()
    assert found.near[0].canonical_url == url


@pytest.mark.parametrize("text", ["volcano", "https://elsewhere.example/news/ferry-sails", "ffffffff"])
def test_what_resembles_nothing_gives_nothing(reader: Path, text: str) -> None:
    assert find(reader, text) == Matches((), ())


def test_the_versions_have_their_texts_in_the_order_of_their_fetches(reader: Path) -> None:
    versions = version_texts(reader, find(reader, FERRY).meant[0].article_id)
    assert [(each.version, each.body[-6:]) for each in versions] == [(1, " dawn."), (2, " noon.")]
    assert versions[1].changed_fields == ("title", "body", "published_at")
