"""The date that counts is chosen by a documented precedence, and every statement is kept."""

from datetime import UTC, datetime

import pytest
from lxml.html import tostring

from schemas.items.article import Evidence, Origin
from schemas.items.link import Dated, EntryFacts, Precision
from tasks.pure.dates.of_article import Datings, read_datings
from tests.support.extraction_samples import capture_of, page_of

URL = "https://courier.example/local/story"


def ld(**fields: str) -> str:
    stated = ", ".join(f'"{name}": "{value}"' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {stated}}}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def datings(
    html: str,
    url: str = URL,
    entry: EntryFacts | None = None,
    found_in: str = "https://x.example/rss",
    country: str | None = None,
) -> Datings:
    page, capture = page_of(html, url), capture_of(url, entry or EntryFacts(), found_in=found_in)
    return read_datings(page, capture, "Europe/London", country)


def origin(found: Evidence | None) -> Origin | None:
    return found.origin if found else None


ENTRY = EntryFacts(published=Dated(raw="feed", at=datetime(2026, 5, 4, 8, tzinfo=UTC), precision=Precision.SECOND))
TIME = '<article><time datetime="2026-05-03T08:00:00Z">3 May</time></article>'


@pytest.mark.parametrize(
    ("html", "url", "entry", "expected"),
    [
        (
            ld(datePublished="2026-05-01T08:00:00Z") + meta("article:published_time", "2026-05-02T08:00:00Z"),
            URL,
            ENTRY,
            "json_ld",
        ),
        (meta("article:published_time", "2026-05-02T08:00:00Z") + TIME, URL, ENTRY, "meta"),
        (TIME, URL, ENTRY, "time_element"),
        ("<p>x", "https://courier.example/2026/05/05/story", ENTRY, "feed"),
        ("<p>x", "https://courier.example/2026/05/05/story", None, "url"),
        ('<p class="date">6 May 2026</p>', URL, None, "text"),
        (ld(datePublished="soon") + TIME, URL, None, "time_element"),
        (ld(datePublished="2031-05-01T08:00:00Z") + TIME, URL, None, "time_element"),
        (ld(datePublished="1970-01-01T00:00:00Z") + TIME, URL, None, "time_element"),
        (ld(datePublished="2026-05-02") + meta("article:published_time", "2026-05-02T08:00:00Z"), URL, None, "meta"),
        (
            ld(datePublished="2026-05-01") + meta("article:published_time", "2026-05-09T08:00:00Z"),
            URL,
            None,
            "json_ld",
        ),
        ('<aside><time datetime="2026-05-03T08:00:00Z">x</time></aside>', URL, None, None),
        ("<p>x", URL, None, None),
    ],
)
def test_the_most_trusted_usable_date_is_chosen(
    html: str, url: str, entry: EntryFacts | None, expected: str | None
) -> None:
    assert origin(datings(html, url, entry).published) == expected


def test_an_entry_of_a_sitemap_is_evidence_of_a_sitemap() -> None:
    assert (
        origin(datings("<p>x", entry=ENTRY, found_in="https://x.example/news-sitemap.xml").published)
        is Origin.SITEMAP
    )


def test_every_statement_is_kept_and_one_of_each_field_is_chosen() -> None:
    html = ld(datePublished="2026-05-01T08:00:00Z", dateModified="2026-05-01T09:00:00Z") + TIME
    found = datings(html, "https://courier.example/2026/05/05/story", ENTRY)

    assert [(one.field, one.origin.value, one.chosen) for one in found.evidence] == [
        ("published_at", "json_ld", True),
        ("modified_at", "json_ld", True),
        ("published_at", "time_element", False),
        ("published_at", "feed", False),
        ("published_at", "url", False),
    ]


def test_a_change_before_the_publication_is_no_change() -> None:
    found = datings(ld(datePublished="2026-05-02T08:00:00Z", dateModified="2026-05-01T08:00:00Z"))

    assert found.modified is None
    assert [one.chosen for one in found.evidence] == [True, False]


def test_a_time_without_a_zone_is_read_in_the_outlets_zone() -> None:
    found = datings(meta("article:published_time", "2026-05-02T08:00:00"))

    assert found.published is not None
    assert found.published.at == datetime(2026, 5, 2, 7, tzinfo=UTC)


def test_a_day_keeps_its_precision() -> None:
    found = datings(meta("article:published_time", "2026-05-02"))

    assert found.published is not None
    assert (found.published.at, found.published.precision) == (datetime(2026, 5, 2, tzinfo=UTC), Precision.DAY)


def test_the_language_of_the_page_settles_which_number_is_the_day() -> None:
    found = datings('<html lang="it"><p class="date">03/04/2026</p>')

    assert found.published is not None
    assert found.published.at == datetime(2026, 4, 3, tzinfo=UTC)


OLD = "<h1>The mill</h1><p>The mill was sold at last.</p><p>Posted 7/14/2009, by the miller</p>"


def test_the_day_of_an_old_page_is_searched_where_nothing_states_it() -> None:
    found = datings(OLD)

    assert found.published is not None
    assert (found.published.at, found.published.origin, found.published.precision) == (
        datetime(2009, 7, 14, tzinfo=UTC),
        Origin.TEXT,
        Precision.DAY,
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h1>The mill</h1><p>It was sold.</p><footer>© 2009 The Mill Post</footer>",
        "<h1>The mill</h1><p>It will be sold on 14 July 2041.</p>",
        f"<h1>The mill</h1>{'<b>x</b>' * 30_000}<p>Posted 7/14/2009</p>",
    ],
    ids=["copyright", "future", "too large"],
)
def test_no_day_is_better_than_a_guess(html: str) -> None:
    assert datings(html).published is None


def test_a_search_leaves_the_page_as_it_is() -> None:
    page = page_of(f"{OLD}<script>let a = 1</script>")
    before = tostring(page.tree)
    read_datings(page, capture_of(URL), "Europe/London")

    assert tostring(page.tree) == before


def test_nothing_is_searched_where_a_date_is_stated() -> None:
    found = datings(ld(datePublished="2026-05-01T08:00:00Z") + OLD)

    assert [one.origin for one in found.evidence] == [Origin.JSON_LD]


def test_of_instants_that_fit_a_day_the_one_of_the_same_date_is_chosen() -> None:
    found = datings(
        ld(datePublished="2026-05-04") + meta("article:published_time", "2026-05-05T09:00:00Z"), entry=ENTRY
    )

    assert origin(found.published) is Origin.FEED


def test_a_time_of_day_in_the_text_is_read() -> None:
    found = datings('<p class="date">Posted 6 May 2026, 14:33</p>')

    assert found.published is not None
    assert found.published.at == datetime(2026, 5, 6, 13, 33, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "name", "after", "published", "modified"),
    [
        ("<p>", "entry-date published updated", "</p>", "2026-05-03", None),
        ('<span class="posted-on updated">', "", "</span>", "2026-05-03", None),
        ('<span class="dato">Publisert ', "updated published", "</span>", "2026-05-03", None),
        ('<span class="date">Mis à jour le ', "", "</span>", None, "2026-05-03"),
        ("<p>", "updated", "</p>", None, "2026-05-03"),
        ('<p class="modified">', "moment", "</p>", None, "2026-05-03"),
    ],
)
def test_a_time_element_says_by_its_nearest_names_which_date_it_is(
    before: str, name: str, after: str, published: str | None, modified: str | None
) -> None:
    time = f'<time class="{name}" datetime="2026-05-03T08:00:00Z">3</time>'
    found = datings(f"<article><h1>Mill</h1>{before}{time}{after}</article>")
    stated = {one.field: one.raw[:10] for one in found.evidence if one.origin is Origin.TIME_ELEMENT}

    assert (stated.get("published_at"), stated.get("modified_at")) == (published, modified)
