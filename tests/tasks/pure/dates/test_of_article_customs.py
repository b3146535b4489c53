"""A page's dates in numbers are read in the order of its language and country, or not at all."""

from datetime import UTC, datetime

import pytest

from schemas.items.article import Origin
from tasks.pure.dates.of_article import Datings, read_datings
from tests.support.extraction_samples import capture_of, page_of

URL = "https://ledger.example/town/mill"
STATEMENTS = {
    "meta": '<meta name="date" content="{}"><p>The mill was sold.</p>',
    "time": "<article><h1>Mill</h1><time>{}</time><p>It was sold.</p></article>",
    "class": '<h1>Mill</h1><p class="posted-on">Posted {} by Ada Low</p>',
    "plain text": "<h1>Mill</h1><p>It was sold.</p><p>Posted {}, by the miller</p>",
}


def datings(
    body: str, language: str | None = None, country: str | None = None, zone: str = "UTC", home: str | None = None
) -> Datings:
    html = f"<html{f' lang={language}' if language else ''}><body>{body}</body></html>"
    return read_datings(page_of(html, URL), capture_of(URL), zone, country, home)


def day(found: Datings) -> str | None:
    return found.published.at.date().isoformat() if found.published and found.published.at else None


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [
        ("en-US", "us", "2026-04-05"),
        ("en", "us", "2026-04-05"),
        ("en-GB", "gb", "2026-05-04"),
        ("es", "ar", "2026-05-04"),
        ("en", None, None),
        ("en-US", "in", None),
    ],
)
def test_an_ambiguous_day_is_never_read_the_other_way(
    statement: str, language: str, country: str | None, expected: str | None
) -> None:
    assert day(datings(statement.format("4/5/2026"), language, country)) == expected


@pytest.mark.parametrize("raw", ["2026-04", "13/25/2026", "5. foo 2026", "2026-04-31"])
def test_a_refused_statement_is_not_read_by_the_search_for_a_day(raw: str) -> None:
    assert datings(f'<meta name="date" content="{raw}"><p>Sold on {raw}.</p>', "en").published is None


def test_a_page_without_a_language_is_read_in_that_of_its_text() -> None:
    text = (
        "<p>Die alte Mühle am Fluss ist verkauft worden, und die neuen Besitzer wollen dort wieder Mehl mahlen.</p>"
    )

    assert day(datings(f'<p class="date">4.5.2026</p>{text * 4}', country="us", home="en")) == "2026-05-04"


@pytest.mark.parametrize(
    ("body", "zone", "instant"),
    [
        ('<p class="datum">Stand: Mittwoch, 6. Mai 2026, 14.33 Uhr | Lesezeit 3 min</p>', "Europe/Berlin", 12),
        ('<p class="date">2:33 PM EDT, Wed May 6, 2026</p>', "UTC", 18),
        ('<span class="post-meta">Ada Low • 6 mai 2026 à 14h33 • 2 commentaires</span>', "Europe/Paris", 12),
        ("<article><h1>Mill</h1><time>6. května 2026 v 14:33</time></article>", "Europe/Prague", 12),
    ],
)
def test_the_time_of_day_beside_a_day_is_read_from_among_other_words(body: str, zone: str, instant: int) -> None:
    found = datings(body, zone=zone).published

    assert found is not None
    assert (found.at, found.origin) == (datetime(2026, 5, 6, instant, 33, tzinfo=UTC), Origin.TEXT)


@pytest.mark.parametrize(
    ("first", "second", "hour"),
    [
        ("2026-05-06 14:33:00.0", "2026-05-06T14:33:00+02:00", 12),
        ("6. Mai 2026, 14:33 Uhr", "Wed, 06 May 2026 14:33:00 EST", 19),
        ("2026-05-06T14:33:00", "2026-05-06T15:33:00+02:00", 14),
        ("2026-05-06T14:33:00Z", "2026-05-06T14:33:00+02:00", 14),
    ],
)
def test_a_clock_without_zone_takes_the_zone_of_the_same_clock_elsewhere(first: str, second: str, hour: int) -> None:
    metas = f'<meta name="article:published_time" content="{first}"><meta name="date" content="{second}">'
    found = datings(f"{metas}<p>Sold.</p>").published

    assert found is not None
    assert found.at == datetime(2026, 5, 6, hour, 33, tzinfo=UTC)
