"""The selectors of a source file go before the rules; what they do not find, the rules look for."""

from datetime import UTC, datetime

import pytest

from schemas.items.article import Article
from schemas.sources.select import Select
from tasks.pure.article.build import read_article
from tests.support.extraction_samples import SENTENCE, SOURCE, TEXT, article_html, capture_of

ODD = (
    "<html lang=en><head><title>Courier</title></head><body>"
    "<div class=k9><b>Ferry terminal to be rebuilt</b></div><span class=w3>Mira Holm and Jon Pike</span>"
    "<i class=d1>5 May 2026</i>"
    f"<div class=x7><div class=ad>Buy a boat today</div><div>First. {SENTENCE}</div>"
    f"<div>Second. {SENTENCE}</div></div>"
    f"<div class=y2><div>Another story. {SENTENCE}</div></div></body></html>"
)
LATVIAN = ODD.replace("lang=en", "lang=lv").replace("5 May 2026", "2026. gada 5. maijā").replace("First", "Pirmais")
ALL = Select(title=".k9 b", body=".x7", authors=".w3", date=".d1", remove=".ad")


def article(html: str, select: Select) -> Article:
    found = read_article(html.encode(), capture_of(), SOURCE.model_copy(update={"select": select}))
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(("html", "first"), [(ODD, "First"), (LATVIAN, "Pirmais")])
def test_every_field_is_taken_where_the_selectors_say(html: str, first: str) -> None:
    found = article(html, ALL)

    assert (found.title, found.authors) == ("Ferry terminal to be rebuilt", ("Mira Holm", "Jon Pike"))
    assert found.body == f"{first}. {SENTENCE}\n\nSecond. {SENTENCE}"
    assert found.published_at == datetime(2026, 5, 5, tzinfo=UTC)


def test_what_a_selector_does_not_find_is_read_by_the_rules() -> None:
    html = article_html(TEXT)

    assert article(html, Select(title=".none", body="#none", authors="u", date="s", remove="q")) == article(
        html, Select()
    )


def test_the_machine_readable_date_of_an_element_goes_before_its_text() -> None:
    html = ODD.replace(
        "<i class=d1>5 May 2026</i>", '<time class=d1 datetime="2026-05-04T10:30:00Z">yesterday</time>'
    )

    assert article(html, ALL).published_at == datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def test_what_is_removed_is_removed_from_the_text_of_the_rules_too() -> None:
    html = article_html(f"{TEXT}<p class=k4>Six. {SENTENCE}</p>")

    assert "Six." in article(html, Select()).body
    assert "Six." not in article(html, Select(remove=".k4")).body


def test_an_element_without_blocks_and_one_inside_another_are_text_once() -> None:
    html = ODD.replace("<div class=x7>", f"<span class=x7>Lead. {SENTENCE}</span><div class=x7>")

    assert article(html, Select(body=".x7, .x7 div", remove=".ad")).body == (
        f"Lead. {SENTENCE}\n\nFirst. {SENTENCE}\n\nSecond. {SENTENCE}"
    )
