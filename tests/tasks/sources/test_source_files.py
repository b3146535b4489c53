"""The folder of source files: read, refused with file and line, proposed and written; and those we ship."""

from pathlib import Path

import pytest

from schemas.errors import SettingsError, UsageError
from schemas.items.link import UrlKind
from schemas.items.outcome import Refusal
from schemas.sources.place import Place
from schemas.sources.source import Expect, Source, parse_source
from tasks.pure.urls.normalise import absolute
from tasks.sources.source_files import propose_source, read_sources, toml_of, write_source
from tests.support.repository import ROOT

SHIPPED = ROOT / "sources"


def declare(folder: Path, slug: str, rest: str = "") -> Path:
    path = folder / f"{slug}.toml"
    head = f'name = "{slug}"\nhomepage = "https://{slug}.example/"\nlanguage = "en"\ncountry = "gb"\n'
    path.write_text(head + rest)
    return path


def test_sources_come_sorted_by_slug(tmp_path: Path) -> None:
    for slug in ("beta", "alpha", "a-b"):
        declare(tmp_path, slug)

    assert [source.slug for source in read_sources(tmp_path)] == ["a-b", "alpha", "beta"]


def test_an_empty_folder_holds_no_sources(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ()


def test_only_the_named_files_are_read(tmp_path: Path) -> None:
    declare(tmp_path, "good")
    (tmp_path / "bad.toml").write_text("name =")

    assert [source.slug for source in read_sources(tmp_path, ["good"])] == ["good"]
    with pytest.raises(SettingsError, match=r"bad\.toml"):
        read_sources(tmp_path)


def test_an_unknown_slug_is_told_the_nearest_right_one(tmp_path: Path) -> None:
    declare(tmp_path, "kyiv-independent")
    declare(tmp_path, "nasa")

    with pytest.raises(SettingsError, match=r"no source 'kyiv-independant' .* did you mean 'kyiv-independent'"):
        read_sources(tmp_path, ["kyiv-independant"])


def test_a_missing_folder_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere.*NEWSDESK_SOURCES"):
        read_sources(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ('feed = ["https://a.example/rss"]', r"paper\.toml:5: unknown key 'feed'; did you mean 'feeds'"),
        ('feeds = ["ftp://a.example/rss"]', r"paper\.toml:5: feeds = 'ftp://a\.example/rss'"),
        ('time_zone = "Europe/Kyyiv"', r"paper\.toml:5: .*no time zone named 'Europe/Kyyiv'"),
        ("[expect]\narticles_per_dya = [1, 2]", r"paper\.toml:6: unknown key .* 'articles_per_day'"),
        ('name = "again"\n', r"paper\.toml.*line 5"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, rest: str, words: str) -> None:
    declare(tmp_path, "paper", rest)

    with pytest.raises(SettingsError, match=words):
        read_sources(tmp_path)


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    path = declare(tmp_path, "paper")
    path.write_bytes(path.read_bytes() + b'note = "caf\xe9"')

    with pytest.raises(SettingsError, match=r"paper\.toml:5: the file is not UTF-8"):
        read_sources(tmp_path)


@pytest.mark.parametrize("name", ["Paper", "a--b", "a_b", "ä"])
def test_a_file_name_that_is_no_slug_is_refused(tmp_path: Path, name: str) -> None:
    declare(tmp_path, name)

    with pytest.raises(SettingsError, match="the slug"):
        read_sources(tmp_path)


def test_a_feed_that_two_sources_name_is_reported_with_both_lines(tmp_path: Path) -> None:
    declare(tmp_path, "one", 'feeds = [\n    "https://a.example/rss",\n    "https://a.example/x",\n]\n')
    declare(tmp_path, "two", 'sitemaps = ["https://a.example/x?utm_source=y"]\n')

    with pytest.raises(SettingsError, match=r"two\.toml:5: .* is named at .*one\.toml:7 too"):
        read_sources(tmp_path)


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
        ("https://paper.example/rss", UrlKind.FEED, "GB", "country = 'GB'"),
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
