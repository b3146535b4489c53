"""The headline of a page."""

import pytest

from tasks.pure.article.titles import choose_title
from tests.support.extraction_samples import page_of


@pytest.mark.parametrize(
    ("html", "feed", "expected"),
    [
        ("<title>Story of the day | Courier</title>", None, "Story of the day"),
        ("<title>Courier: Story of the day</title>", None, "Story of the day"),
        ("<title>Story of the day - courier.example</title>", None, "Story of the day"),
        ("<title>Tories - the inside story - The Courier</title>", None, "Tories - the inside story"),
        (
            "<title>Courier</title><meta property='og:title' content='Home'><h1>Story of the day</h1>",
            None,
            "Story of the day",
        ),
        (
            "<title>Story of the day</title><h1>Courier</h1><h1>Story of the day, told</h1>",
            None,
            "Story of the day, told",
        ),
        (
            "<h1>Story of the day</h1><meta property='og:title' content='You must read this'>",
            None,
            "Story of the day",
        ),
        (
            "<h1>Another headline altogether</h1><meta property='og:title' content='Story of the day'>",
            "Story of the day",
            "Story of the day",
        ),
        ("<title>Courier</title>", "Story of the day", "Story of the day"),
        ("<h1>Breakpoint<span>: the day</span></h1>", None, "Breakpoint: the day"),
        (
            "<meta property='og:title' content='The council voted to rebuild the old…'>"
            "<title>The council voted to rebuild the old terminal | Courier</title>",
            None,
            "The council voted to rebuild the old terminal",
        ),
        ("<h1><ruby>港<rt>みなと</rt></ruby>の市場</h1>", None, "港の市場"),
        ("<title>Blog Archive » A day at the mill</title>", None, "A day at the mill"),
        ("<p>x</p>", None, None),
        ("<h1>\u202eStory\u200b of the\u00ad day\x07</h1>", None, "Story of the day"),
    ],
)
def test_the_headline_is_chosen(html: str, feed: str | None, expected: str | None) -> None:
    assert choose_title(page_of(html), feed, "Courier") == expected


def test_a_stated_headline_goes_before_the_heading() -> None:
    page = page_of(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Stated"}</script><h1>Shown</h1>'
    )

    assert choose_title(page, None, "Courier") == "Stated"


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge closed"}</script>'
OG = "<meta property='og:title' content='Bridge shut for years'>"
TWITTER = "<meta name='twitter:title' content='Bridge shut for years'>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (LD + "<h1>Old bridge is closed</h1>" + OG, "Bridge closed"),
        (LD + "<h1>Bridge shut for years</h1>" + OG, "Bridge shut for years"),
        (LD + "<h1>Bridge closed</h1>" + OG + TWITTER, "Bridge closed"),
        ("<h1>Bridge closed</h1>" + OG + TWITTER, "Bridge shut for years"),
        ("<h1>Bridge closed</h1>" + OG, "Bridge closed"),
    ],
)
def test_two_places_that_agree_go_before_one(html: str, expected: str) -> None:
    assert choose_title(page_of(html), None, "Courier") == expected


def test_a_heading_that_is_the_masthead_is_no_headline() -> None:
    html = "<title>A day at the mill | Valley Voices</title><h1>Valley Voices</h1>"

    assert choose_title(page_of(html, "https://x.example/2026/day-at-the-mill/"), None, "Courier") == (
        "A day at the mill"
    )
    assert choose_title(page_of(html, "https://x.example/valley-voices"), None, "Courier") == "Valley Voices"


def test_the_hosts_name_is_no_part_of_a_headline() -> None:
    page = page_of("<title>A day at the mill | Valley Voices</title>", "https://www.valleyvoices.example/1234")

    assert choose_title(page, None, "Courier") == "A day at the mill"


def test_a_headline_is_at_most_500_characters() -> None:
    assert len(choose_title(page_of(f"<h1>{'word ' * 300}</h1>"), None, "Courier") or "") <= 500


@pytest.mark.parametrize(
    ("outlet", "headline", "ending"),
    [
        ("Le Parisien", "Paris : un incendie dans le métro", " | Le Parisien"),
        ("The Kyiv Independent", "Power is back in two districts – Kyiv", " – The Kyiv Independent"),
        ("Berliner Zeitung", "Berlin: Ein Haus wird umgebaut", " - Berliner Zeitung"),
        ("Berliner Zeitung", "Zwei Tote bei Brand - Berlin", " | berliner-zeitung.example"),
        ("The Washington Post", "Washington : the vote is tonight", " - Washington Post"),
        ("La Provence", "Les vignes ont souffert – Provence", " - laprovence.com"),
        ("Zeit Online", "Zeitzeugen – was bleibt", " | ZEIT ONLINE"),
        ("The Sun", "A night in Sun City", " | The Sun"),
        ("Diario de Sevilla", "Abre el nuevo puente – Sevilla", " | Diario de Sevilla"),
        ("Oslo News", "Bridge opens – Oslo", " - Oslo News"),
        ("東京新聞", "桜が満開に | 東京", " | 東京新聞"),
    ],
)
def test_a_place_beside_a_mark_is_no_outlet(outlet: str, headline: str, ending: str) -> None:
    page = page_of(f"<title>{headline}{ending}</title><h1>{headline}</h1>", "https://news.example/1")

    assert choose_title(page, None, outlet) == headline


@pytest.mark.parametrize(("outlet", "place"), [("La Provence", "Provence"), ("Diario de Sevilla", "Sevilla")])
def test_a_place_is_kept_also_without_a_visible_headline(outlet: str, place: str) -> None:
    page = page_of(f"<title>A bridge is closed – {place} - {outlet}</title>", "https://news.example/1")

    assert choose_title(page, None, outlet) == f"A bridge is closed – {place}"


@pytest.mark.parametrize(
    ("outlet", "ending"),
    [
        ("BBC News", " - BBC"),
        ("The New York Times", " - NYT"),
        ("The Guardian", " | Guardian"),
        ("BBC News", " - BBC News World"),
        ("Diario Público", " | Publico"),
        ("Der Spiegel", " – SPIEGEL"),
        ("Courier", ": Courier"),
        ("Le Monde", " - Le Monde.fr"),
        ("朝日新聞", " - 朝日新聞デジタル"),
    ],
)
def test_an_outlets_name_and_its_known_forms_are_no_part_of_a_headline(outlet: str, ending: str) -> None:
    page = page_of(f"<title>A bridge is closed{ending}</title>", "https://news.example/1")

    assert choose_title(page, None, outlet) == "A bridge is closed"


@pytest.mark.parametrize(
    "headline", ["What &lt;dialog&gt; is for", "Wozu &lt;video&gt; dient", "Why &lt;br&gt; ends a line"]
)
def test_a_tag_that_a_headline_shows_is_text(headline: str) -> None:
    stated = headline.replace("&lt;", "<").replace("&gt;", ">")
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{stated}"}}</script>'

    assert choose_title(page_of(f"{script}<h1>{headline}</h1>"), None, "Courier") == stated
    assert choose_title(page_of(f"<title>{headline} | Courier</title><h1>{headline}</h1>"), None, "Courier") == stated


@pytest.mark.parametrize(
    "stated", ["<em>Titanic</em> is found", "&lt;i&gt;Titanic&lt;/i&gt; is found", "<p>Titanic<br/>is found</p>"]
)
def test_markup_around_words_of_a_stated_headline_is_left_out(stated: str) -> None:
    script = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{stated}"}}</script>'

    assert choose_title(page_of(f"{script}<h1>Titanic is found</h1>"), None, "Courier") == "Titanic is found"


@pytest.mark.parametrize(
    ("host", "site_name", "ending"),
    [
        ("getlighthouse.example", None, " | Lighthouse"),
        ("buildwithbrick.example", None, " | Brick"),
        ("meinblatt.example", "Das Blatt - Zeitschrift der Stadt", " • Das Blatt"),
    ],
)
def test_a_brand_in_the_host_or_before_a_dash_of_the_sites_name_is_the_outlet(
    host: str, site_name: str | None, ending: str
) -> None:
    meta = f'<meta property="og:site_name" content="{site_name}">' if site_name else ""
    page = page_of(f"<title>A bridge is closed{ending}</title>{meta}", f"https://{host}/1")

    assert choose_title(page, None, "Another") == "A bridge is closed"


def test_a_page_that_states_its_title_as_the_sites_name_keeps_it() -> None:
    title = "A bridge is closed for the whole of the winter"
    meta = f'<meta property="og:site_name" content="{title} - Courier">'
    page = page_of(f"<title>{title} - Courier</title>{meta}<h1>{title}</h1>")

    assert choose_title(page, None, "Courier") == title
