"""Bands: what a source's articles look like together, and when that is worth a finding."""

import pytest

from schemas.items.article import Article, Completeness
from schemas.quality.bands import Measure, fewest_by_chance, measures
from schemas.sources.source import Expect
from tests.support.article_samples import article

ANYTHING = Expect()


def alarms(articles: list[Article], expect: Expect = ANYTHING, language: str | None = "en") -> list[str]:
    """Codes of the measures that are worth a finding."""
    return [m.code for m in measures("gazette", articles, expect, language) if _is_alarm(m)]


def _is_alarm(measure: Measure) -> bool:
    low, high = measure.alarm_below, measure.alarm_above
    return (low is not None and measure.observed < low) or (high is not None and measure.observed > high)


def test_sound_articles_raise_no_alarm() -> None:
    expect = Expect(share_with_date=1.0, share_with_author=1.0)

    assert alarms([article(n) for n in range(10)], expect) == []


def test_nine_articles_are_too_few_to_judge() -> None:
    same = [article(n, body="same", authors=(), published_at=None, language="de") for n in range(9)]

    assert measures("gazette", same, Expect(share_with_date=1.0, share_with_author=1.0), "en") == ()


@pytest.mark.parametrize(
    ("different", "expect", "code"),
    [
        ({"published_at": None}, Expect(share_with_date=0.9), "share_with_date"),
        ({"authors": ()}, Expect(share_with_author=0.5), "share_with_author"),
        ({"completeness": Completeness.TEASER}, ANYTHING, "share_full"),
        ({"body": "Enable JavaScript to go on."}, ANYTHING, "share_repeated"),
        ({"word_count": 12}, ANYTHING, "median_words"),
        ({"word_count": 90_000}, ANYTHING, "median_words"),
        ({"language": "de"}, ANYTHING, "share_in_language"),
    ],
)
def test_a_batch_that_lost_something_raises_its_alarm(
    different: dict[str, object], expect: Expect, code: str
) -> None:
    assert alarms([article(n, **different) for n in range(12)], expect) == [code]


def test_a_live_blog_counts_as_whole() -> None:
    assert alarms([article(n, completeness=Completeness.LIVEBLOG) for n in range(12)]) == []


def test_two_urls_of_one_story_are_no_template_page() -> None:
    assert alarms([*(article(n) for n in range(9)), article(99, body=article(1).body)]) == []


def test_three_of_ten_equal_bodies_are() -> None:
    assert alarms([article(n, body="same") if n < 3 else article(n) for n in range(10)]) == ["share_repeated"]


def test_a_language_is_compared_without_its_region() -> None:
    assert alarms([article(n) for n in range(12)], language="en-GB") == []


@pytest.mark.parametrize("language", [None, "und"])
def test_no_language_is_compared_where_the_source_names_none(language: str | None) -> None:
    assert alarms([article(n, language="de") for n in range(12)], language=language) == []


def test_articles_whose_language_is_unknown_count_neither_way() -> None:
    unknown = [article(n, language=None) for n in range(40)]

    assert alarms(unknown + [article(50 + n, language="de") for n in range(9)]) == []
    assert alarms(unknown + [article(50 + n, language="de") for n in range(10)]) == ["share_in_language"]


def test_a_share_that_chance_explains_is_no_alarm() -> None:
    """A source nine in ten of whose articles have a date shows eight of ten in every fifth batch."""
    expect = Expect(share_with_date=0.9)

    assert alarms([article(n, published_at=None) if n < 2 else article(n) for n in range(10)], expect) == []
    assert alarms([article(n, published_at=None) if n < 4 else article(n) for n in range(10)], expect) == [
        "share_with_date"
    ]


@pytest.mark.parametrize(
    ("of", "share", "fewest"),
    [(10, 0.5, 2), (20, 0.5, 6), (10, 0.9, 7), (10, 0.0, 0), (10, 1.0, 10), (20_000, 0.5, 9_884)],
)
def test_the_limit_is_the_quantile_of_the_binomial_distribution(of: int, share: float, fewest: int) -> None:
    assert fewest_by_chance(of, share) == fewest
