"""One short text under three URLs of a host is a soft 404, unless it is an article's."""

from typing import Any

import pytest

from schemas.history.known_urls import LookAlike
from schemas.items.article import Article, Evidence, Origin
from schemas.items.link import Precision
from tasks.pure.article.soft_404s import same_everywhere, suspects
from tests.support.warehouse.batch_samples import NOON, article, capture

STOCK = "Whatever stood at this address was moved by us, or was never there."
BRIEF = "\n\n".join(
    (
        "Der Wochenmarkt zieht im Mai für vier Wochen auf den Platz vor dem Bahnhof.",
        "Die Stadt erneuert in dieser Zeit die Leitungen unter dem alten Marktplatz.",
        "Händler und Kunden dürfen in der Tiefgarage zwei Stunden umsonst parken.",
    )
)
DATED = Evidence(field="published_at", origin=Origin.META, raw="…", at=NOON, precision=Precision.DAY)


def pages(text: str, *paths: str, **changes: Any) -> list[Article]:
    """The same short text at these paths of a host."""
    return [article(capture(f"https://harbour.example{path}"), text, **changes) for path in paths]


def gone(its: list[Article]) -> int:
    return len(same_everywhere(suspects(its, {one.capture_id: None for one in its}), []))


def test_a_stock_text_at_three_urls_is_three_soft_404s() -> None:
    assert gone(pages(STOCK, "/a-story-1", "/a-story-2", "/a-story-3")) == 3


def test_a_request_number_in_the_text_makes_no_difference() -> None:
    numbered = [page for number in (118, 254, 377) for page in pages(f"{STOCK} Request {number}.", f"/s-{number}")]

    assert gone(numbered) == 3


def test_pages_of_before_count_and_other_texts_under_their_title_do_not() -> None:
    its = pages(STOCK, "/a-story-1", "/a-story-2")
    stock, other = (
        LookAlike(source="harbour", canonical_url="https://harbour.example/old", title=its[0].title, body=body)
        for body in (STOCK, BRIEF)
    )

    assert len(same_everywhere(its, [stock])) == 2
    assert same_everywhere(its, [other]) == frozenset()


@pytest.mark.parametrize(
    "its",
    [
        pages(BRIEF, "/stadt/1", "/land/2", "/heute/3"),
        pages("La feria abre a las nueve.", "/a/1", "/b/2", "/c/3", evidence=(DATED,)),
        pages(
            "The fair opens at nine.", "/town/fair-opens-at-nine", "/top/fair-opens-at-nine", "/fair-opens-at-nine"
        ),
    ],
    ids=["several paragraphs", "dated by the page", "one slug in three sections"],
)
def test_a_brief_at_three_urls_is_none(its: list[Article]) -> None:
    assert gone(its) == 0
