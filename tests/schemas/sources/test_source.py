"""A source file: what it must hold, and how it is told what is wrong."""

import pytest
from pydantic import ValidationError

from schemas.errors import SettingsError
from schemas.sources.source import Source, parse_source

GOOD = 'name = "Paper"\nhomepage = "https://paper.example/"\nlanguage = "uk"\ncountry = "ua"\n'


def test_what_is_not_said_has_a_default() -> None:
    source = parse_source(GOOD, "paper", "paper.toml")

    assert (source.slug, source.time_zone, source.pace_s, source.note) == ("paper", "UTC", 2.0, None)
    assert (source.feeds, source.sitemaps, source.sections) == ((), (), ())
    assert source.expect.articles_per_day == (0, 100_000)


def test_urls_are_kept_as_written() -> None:
    source = parse_source(GOOD + 'feeds = ["HTTPS://Paper.example:443/RSS?b=2&a=1"]\n', "paper", "paper.toml")

    assert source.feeds == ("HTTPS://Paper.example:443/RSS?b=2&a=1",)


def test_a_source_cannot_be_changed() -> None:
    source = parse_source(GOOD, "paper", "paper.toml")

    with pytest.raises(ValidationError):
        source.name = "Other"  # type: ignore[misc]  # what is tested


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (GOOD + "[\n", r"cannot read the source file 'paper\.toml'.*line 5"),
        (GOOD + 'slug = "other"', r"paper\.toml:5: the slug is the file's name"),
        (GOOD + 'languages = "uk"', r"paper\.toml:5: unknown key 'languages'; did you mean 'language'"),
        (GOOD + "zzz = 1", r"paper\.toml:5: unknown key 'zzz'; known are country, expect, feeds"),
        (GOOD.replace('name = "Paper"\n', ""), r"paper\.toml: the key 'name' is missing"),
        (GOOD.replace('"ua"', '"UA"'), r"paper\.toml:4: country = 'UA'"),
        (GOOD.replace('"uk"', '"Ukrainian"'), r"paper\.toml:3: language = 'Ukrainian'"),
        (GOOD + "pace_s = -1", r"paper\.toml:5: pace_s = -1"),
        (GOOD + "pace_s = 1e9", r"paper\.toml:5: pace_s"),
        (GOOD + 'feeds = "https://paper.example/rss"', r"paper\.toml:5: feeds"),
        (GOOD + 'sections = ["paper.example"]', r"paper\.toml:5: sections = 'paper\.example'"),
        (GOOD + 'time_zone = "Mars/Olympus"', r"paper\.toml:5: .*no time zone named 'Mars/Olympus'"),
        (GOOD + "[expect]\narticles_per_day = [9, 1]", r"paper\.toml:6: .*must be \[low, high\]"),
        (GOOD + "[expect]\nshare_with_date = 1.5", r"paper\.toml:6: expect\.share_with_date = 1\.5"),
        (GOOD + "[expect]\nshare_with_dates = 1", r"paper\.toml:6: unknown key .*did you mean 'share_with_date'"),
    ],
)
def test_a_wrong_file_is_told_where_and_what(toml: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parse_source(toml, "paper", "paper.toml")


@pytest.mark.parametrize("slug", ["", "Paper", "a--b", "-a", "a-", "a b", "../a", "a" * 65])
def test_a_slug_is_plain(slug: str) -> None:
    with pytest.raises(ValidationError):
        Source(slug=slug, name="x", homepage="https://paper.example/", language="en", country="gb")
