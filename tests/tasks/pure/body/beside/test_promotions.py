"""A list in which the house speaks of its app, letters and channels is no list of the article."""

import pytest

from tasks.pure.body.beside.promotions import promotions
from tasks.pure.body.measures import Measures
from tests.support.extraction_samples import TEXT, article_html, page_of


def count(*items: str) -> int:
    listed = "".join(f"<li>{item}</li>" for item in items)
    body = page_of(article_html(f"{TEXT}<ul class=z>{listed}</ul>{TEXT}")).tree.find("body")
    return len(promotions(body, Measures(body, "courier.example")))


@pytest.mark.parametrize(
    "items",
    [
        ("The Courier as an app, for Android and iOS", "All of the Courier in one newsletter, each evening"),
        ("Unsere App mit allen Meldungen", "Unser Newsletter am Abend", "Der Wetterbericht"),
        ("Suivez notre canal WhatsApp", "Nos podcasts, tous les matins"),
    ],
)
def test_a_list_of_the_houses_own_channels_is_found(items: tuple[str, ...]) -> None:
    assert count(*items) == 1


@pytest.mark.parametrize(
    "items",
    [
        ("WhatsApp will show advertisements from June", "Instagram deletes old accounts", "Telegram was fined"),
        ("Our harbour is closed at night", "Our boats leave at six"),
        ("The Courier app is new",),
    ],
    ids=["news on channels", "no channel", "one item"],
)
def test_a_list_of_the_article_is_none(items: tuple[str, ...]) -> None:
    assert count(*items) == 0
