"""Source files: proposed, written and read back; and those we ship."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError, UsageError
from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.place import Place
from schemas.sources.select import Select
from schemas.sources.source import Expect, Source
from tasks.pure.sources.source_toml import parse_source
from tasks.pure.urls.normalise import absolute
from tasks.sources.source_files import known_places, propose_source, toml_of, without_known, write_source
from tasks.sources.source_folder import owners, read_sources
from tests.support.repository import ROOT

SHIPPED = ROOT / "sources"


def declare(folder: Path, slug: str, rest: str = "") -> Path:
    path = folder / f"{slug}.toml"
    head = f'name = "{slug}"\nhomepage = "https://{slug}.example/"\nlanguage = "en"\ncountry = "gb"\n'
    path.write_text(head + rest)
    return path


def full_source() -> Source:
    return Source(
        slug="full",
        name='Quote " back \\ tab \t line \n é \x7f',
        homepage="https://full.example/",
        feeds=("https://full.example/rss?x=1&y=2",),
        sitemaps=("https://full.example/a.xml", "https://full.example/b.xml"),
        sections=("https://full.example/world",),
        language="pt-BR",
        country="br",
        time_zone="America/Sao_Paulo",
        pace_s=7.5,
        note="a note",
        expect=Expect(articles_per_day=(1, 9), share_with_date=0.9, share_with_author=0.25),
        select=Select(body="div.story > p", remove='[data-x="1"]'),
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    bare = Source(slug="bare", name="Bare", homepage="https://bare.example/", language="en", country="gb")
    for source in (full_source(), bare):
        write_source(tmp_path, source)

    assert read_sources(tmp_path) == (bare, full_source())


def test_a_source_file_is_tidy() -> None:
    text = toml_of(full_source().model_copy(update={"name": "Full", "time_zone": "UTC"}))

    assert text.startswith(
        'name = "Full"\nhomepage = "https://full.example/"\nfeeds = [\n    "https://full.example/rss'
    )
    assert text.endswith(
        'pace_s = 7.5\nnote = "a note"\n\n[expect]\narticles_per_day = [1, 9]\n' + text.partition("9]\n")[2]
    )
    assert "time_zone" not in text


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    declare(tmp_path, "full")

    with pytest.raises(UsageError, match="already"):
        write_source(tmp_path, full_source())
    assert read_sources(tmp_path)[0].name == "full"


@pytest.mark.parametrize(
    ("url", "slug", "homepage"),
    [
        ("https://www.kyiv-paper.com.ua/feed/", "kyiv-paper", "https://www.kyiv-paper.com.ua/"),
        ("http://feeds.paper.co.uk:8080/rss", "paper", "http://feeds.paper.co.uk:8080/"),
        ("http://127.0.0.1:8080/rss", "127-0-0-1-8080", "http://127.0.0.1:8080/"),
        ("https://bücher.example/rss", "xn-bcher-kva", "https://xn--bcher-kva.example/"),
    ],
)
def test_a_proposed_source_is_named_after_its_host(url: str, slug: str, homepage: str) -> None:
    source = propose_source([Place(url, UrlKind.FEED)])

    assert (source.slug, source.homepage) == (slug, homepage)
    assert (source.language, source.country, len(source.feeds)) == ("und", "zz", 1)


def test_a_proposed_source_takes_what_it_is_told() -> None:
    url = "https://paper.example/map.xml"
    source = propose_source(
        [Place(url, UrlKind.SITEMAP)], "Paper", "my-paper", language="uk", country="ua", time_zone="Europe/Kyiv"
    )

    assert (source.slug, source.name, source.sitemaps, source.feeds) == ("my-paper", "Paper", (url,), ())
    assert parse_source(toml_of(source), "my-paper", "x") == source


@pytest.mark.parametrize(
    ("url", "kind", "country", "words"),
    [
        ("javascript:alert(1)", UrlKind.FEED, "gb", "cannot make a source of"),
        ("https://paper.example/1", UrlKind.ARTICLE, "gb", "kind 'article'"),
        ("https://paper.example/rss", UrlKind.FEED, "England", "country = 'England'"),
    ],
)
def test_a_source_that_cannot_be_proposed_says_why(url: str, kind: UrlKind, country: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        propose_source([Place(url, kind)], country=country)


def test_the_shipped_sources_are_many_outlets_in_many_languages() -> None:
    sources = read_sources(SHIPPED)

    assert len({source.name for source in sources}) >= 24
    assert len({source.language for source in sources}) >= 8
    assert [source.slug for source in sources if not (source.feeds or source.sitemaps)] == ["nato"]


def test_the_shipped_sources_say_what_to_expect_and_that_nobody_asked() -> None:
    for source in read_sources(SHIPPED):
        assert source.expect.articles_per_day[1] > source.expect.articles_per_day[0]
        assert f"newsdesk sources check {source.slug}" in (source.note or "")
        assert source.pace_s >= 2.0


def test_the_shipped_urls_can_be_asked_for() -> None:
    for source in read_sources(SHIPPED):
        for url in (source.homepage, *source.feeds, *source.sitemaps):
            assert not isinstance(absolute(url, None), Refusal), url


@pytest.mark.parametrize(
    "slug",
    [
        *("kyiv-independent", "ukrainska-pravda", "ukrainska-pravda-en", "yonhap", "yonhap-en", "hankook-ilbo"),
        *("bbc-news", "the-guardian", "deutsche-welle-de", "deutsche-welle-en", "le-monde", "el-pais"),
        *("al-jazeera", "nasa", "nhk", "nato"),
    ],
)
def test_the_outlets_that_were_asked_for_are_shipped(slug: str) -> None:
    assert read_sources(SHIPPED, [slug])[0].slug == slug


@pytest.mark.parametrize(
    "spelling",
    [
        "https://PAPER.example/rss",
        "http://paper.example/rss",
        "http://paper.example:80/rss?utm_source=x",
        "https://paper.example/rss#a",
    ],
)
def test_a_feed_is_known_in_any_spelling(tmp_path: Path, spelling: str) -> None:
    declare(tmp_path, "paper", f'feeds = ["{spelling}"]\n')
    source = propose_source([Place("https://paper.example/rss", UrlKind.FEED)])

    known = known_places(source, owners(tmp_path))

    assert list(known) == ["https://paper.example/rss"]
    assert f"source 'paper' ({tmp_path / 'paper.toml'}:5)" in known["https://paper.example/rss"]
    with pytest.raises(UsageError, match="nothing was written"):
        without_known(source, known)


def test_only_the_feeds_that_no_source_has_are_left(tmp_path: Path) -> None:
    declare(tmp_path, "paper", 'sitemaps = ["https://paper.example/map.xml"]\n')
    places = [
        Place("https://paper.example/map.xml", UrlKind.SITEMAP),
        Place("https://paper.example/rss", UrlKind.FEED),
    ]
    source = propose_source(places, slug="fresh")

    left = without_known(source, known_places(source, owners(tmp_path)))

    assert (left.feeds, left.sitemaps) == (("https://paper.example/rss",), ())


def test_the_feeds_of_a_wrong_file_are_known_and_of_no_toml_are_not(tmp_path: Path) -> None:
    declare(tmp_path, "wrong", 'pace_s = -1\nfeeds = ["https://paper.example/rss"]\n')
    (tmp_path / "broken.toml").write_text("name =")

    assert list(owners(tmp_path)) == ["paper.example/rss"]
    assert owners(tmp_path / "nowhere") == {}


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="cannot make the folder"):
        write_source(tmp_path / "file", full_source())
    write_source(tmp_path / "sources", full_source())
    assert [path.name for path in (tmp_path / "sources").iterdir()] == ["full.toml"]
