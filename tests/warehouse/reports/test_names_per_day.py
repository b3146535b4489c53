"""Names of the day: in how many articles and sources each name is."""

from datetime import timedelta

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.mention import Mention, MentionKind
from tests.support.warehouse.batch_samples import NOON, article, batch, capture
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.reading import ask
from warehouse.database.connection import Warehouse

COSTS = Mention("5 euro", "5 EUR", MentionKind.NUMBER, 1, True)


def page(outlet: str, text: str, number: int, days: int = 0, title: bool = False) -> tuple[Article, Capture]:
    its = capture(f"https://{outlet}.example/{number}")
    mention = Mention(text, "lisbon", MentionKind.PLACE, 3, title)
    body = " ".join(f"{outlet}{number}-{word}" for word in range(80))
    made = article(
        its,
        body,
        source=outlet,
        published_at=NOON - timedelta(days=days, hours=1),
        evidence=(),
        mentions=(mention, COSTS),
    )
    return made, its


def test_a_name_is_counted_once_an_article_by_day_and_a_number_is_no_name(warehouse: Warehouse) -> None:
    pages = [
        page("quay", "Lisboa", 1, title=True),
        page("quay", "Lisbon", 2),
        page("wire", "Lisboa", 1),
        page("wire", "Lisbon", 2, days=1),
    ]
    load_batch(warehouse, batch(pages), NOON)

    today, yesterday = NOON.date(), NOON.date() - timedelta(days=1)
    assert ask(warehouse, "FROM reports.names_per_day") == [
        (today, "lisbon", "Lisboa", "place", 3, 2, 1),
        (yesterday, "lisbon", "Lisbon", "place", 1, 1, 0),
    ]


def test_a_copy_of_another_articles_text_is_not_counted(warehouse: Warehouse) -> None:
    first, copied = page("quay", "Lisbon", 1), page("wire", "Lisbon", 1)
    same = copied[0].model_copy(update={"body": first[0].body, "word_count": first[0].word_count})
    load_batch(warehouse, batch([first, (same, copied[1])]), NOON)

    assert ask(warehouse, "SELECT articles FROM reports.names_per_day") == [(1,)]
