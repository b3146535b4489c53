"""A source file: what it must hold, and how it is told what is wrong."""

import pytest

from schemas.errors import SettingsError
from tasks.pure.sources.source_toml import EXAMPLES, parse_source

GOOD = 'name = "Paper"\nhomepage = "https://paper.example/"\nlanguage = "uk"\ncountry = "ua"\n'


def test_what_is_not_said_has_a_default() -> None:
    source = parse_source(GOOD, "paper", "paper.toml")

    assert (source.slug, source.time_zone, source.pace_s, source.note) == ("paper", "UTC", 2.0, None)
    assert (source.feeds, source.sitemaps, source.sections) == ((), (), ())
    assert source.expect.articles_per_day == (0, 100_000)


def test_urls_are_kept_as_written() -> None:
    source = parse_source(GOOD + 'feeds = ["HTTPS://Paper.example:443/RSS?b=2&a=1"]\n', "paper", "paper.toml")

    assert source.feeds == ("HTTPS://Paper.example:443/RSS?b=2&a=1",)


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        (GOOD + "[\n", r"paper\.toml:5: the file is no TOML: .*, at '\['$"),
        (GOOD + 'slug = "other"', r"paper\.toml:5: the slug is the file's name"),
        (GOOD + 'languages = "uk"', r"paper\.toml:5: unknown key 'languages'; did you mean 'language'"),
        (GOOD + "zzz = 1", r"paper\.toml:5: unknown key 'zzz'; known are country, enabled, expect, feeds, formerly"),
        (
            GOOD.replace('name = "Paper"\n', ""),
            r"paper\.toml: the key 'name' is missing; add a line such as name = \"",
        ),
        (GOOD.replace('"Paper"', "Paper"), r"paper\.toml:1: .*; put the text in quotes: name = \"Paper\"$"),
        (GOOD + 'note = "a', r"paper\.toml:5: the file is no TOML"),
        (
            GOOD.replace('"ua"', '"Ukraine"'),
            r"paper\.toml:4: country = 'Ukraine': .*did you mean 'ua' \(Ukraine\)\?$",
        ),
        (GOOD.replace('"uk"', '"Ukrainian"'), r"paper\.toml:3: language = 'Ukrainian': .*'uk' \(Ukrainian\)\?$"),
        (GOOD.replace('"uk"', "38"), r"paper\.toml:3: language = 38: .*; write for example language = \"fr\"$"),
        (GOOD.replace('"https:', '"'), r"paper\.toml:2: homepage = .*; write for example homepage = \"https://"),
        (GOOD + "[expect]\narticles_per_day = 20", r"paper\.toml:6: .*, for example articles_per_day = \[10, 40\]$"),
        (GOOD + "[expect]\narticles_per_day = [20]", r"paper\.toml:6: .*for example articles_per_day = \[5, 40\]$"),
        (GOOD + "articles_per_day = [1, 2]", r"paper\.toml:5: .*stands below a line \[expect\]"),
        (GOOD + '[select]\nbody = "p >"', r"paper\.toml:5: select = .*body = 'p >' is no CSS selector"),
        (GOOD + '[select]\nbodies = "p"', r"paper\.toml:6: unknown key 'select\.bodies'; did you mean 'body'"),
        (GOOD + '[expect]\nnote = "x"', r"paper\.toml:6: .*move the line with 'note' above the line \[expect\]"),
        (GOOD + 'time_zone = "Europe/Kiew"', r"paper\.toml:5: .*did you mean 'Europe/Kiev'\?|'Europe/Kyiv'"),
        (GOOD + "pace_s = -1", r"paper\.toml:5: pace_s = -1"),
        (GOOD + "pace_s = 1e9", r"paper\.toml:5: pace_s"),
        (
            GOOD + 'feeds = "https://p.example/rss"',
            r"paper\.toml:5: feeds .*: feeds = \[\"https://p\.example/rss\"\]$",
        ),
        (GOOD + 'sections = ["paper.example"]', r"paper\.toml:5: sections = 'paper\.example'"),
        (
            GOOD + 'time_zone = "Mars/Olympus"',
            r"paper\.toml:5: .*no time zone named 'Mars/Olympus'; write for .*\"Europe/Paris\"$",
        ),
        (GOOD + "[expect]\narticles_per_day = [9, 1]", r"paper\.toml:6: .*must be \[low, high\]"),
        (GOOD + "[expect]\nshare_with_date = 1.5", r"paper\.toml:6: expect\.share_with_date = 1\.5"),
        (GOOD + "[expect]\nshare_with_dates = 1", r"paper\.toml:6: unknown key .*did you mean 'share_with_date'"),
    ],
)
def test_a_wrong_file_is_told_where_and_what(toml: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        parse_source(toml, "paper", "paper.toml")


def test_every_fault_of_a_file_is_told_at_once() -> None:
    toml = GOOD.replace('"ua"', '"Ukraine"') + "pace_s = -1\n"

    with pytest.raises(SettingsError, match=r"paper\.toml:4: country.*\npaper\.toml:5: pace_s"):
        parse_source(toml, "paper", "paper.toml")


@pytest.mark.parametrize(
    ("language", "country", "zone"),
    [("UK", "UA", "europe/kyiv"), ("uk", "Ua", "Europe/Kyiv"), ("ukr", "UKR", "EUROPE/KYIV")],
)
def test_codes_in_any_case_become_the_usual_ones(language: str, country: str, zone: str) -> None:
    toml = GOOD.replace('"uk"', f'"{language}"').replace('"ua"', f'"{country}"') + f'time_zone = "{zone}"\n'
    source = parse_source(toml, "paper", "paper.toml")

    assert (source.language, source.country, source.time_zone) == ("uk", "ua", "Europe/Kyiv")


def test_a_byte_order_mark_is_skipped() -> None:
    assert parse_source("\ufeff" + GOOD, "paper", "paper.toml").name == "Paper"


@pytest.mark.parametrize("key", [key for key in EXAMPLES if key not in ("expect", "select")])
def test_an_example_is_right_when_it_is_written(key: str) -> None:
    without = "".join(line for line in GOOD.splitlines(keepends=True) if not line.startswith(f"{key} ="))
    table = f"[{key.partition('.')[0]}]\n" if "." in key else ""

    assert parse_source(f"{without}{table}{EXAMPLES[key]}\n", "paper", "paper.toml").slug == "paper"
