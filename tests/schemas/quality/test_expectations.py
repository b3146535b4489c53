"""Expectations: Great Expectations says of every row what the type says, and judges batches by their bands."""

import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.errors import NewsdeskError
from schemas.items.article import Article
from schemas.items.finding import Severity
from schemas.quality import expectations
from schemas.quality.expectations import REPEATED, VOLUME, check_batch
from schemas.quality.rules import ColumnRule, RuledColumn, columns_of, record_faults
from schemas.sources.source import Expect
from tests.schemas.quality.test_rules import BROKEN
from tests.support.article_samples import AT, article, without

RULES = {rule.code for column in columns_of(Article) for rule in column.rules}


def codes(*articles: Article) -> dict[int, list[str]]:
    """By row: the codes of its faults."""
    return {
        row: [f.code for f in faults] for row, faults in check_batch(articles, {}, "run-1", AT).row_faults.items()
    }


def test_sound_articles_have_no_faults_and_no_findings() -> None:
    verdict = check_batch([article(n) for n in range(12)], {}, "run-1", AT, {"gazette": "en"})

    assert verdict.row_faults == {}
    assert verdict.findings == ()


def test_the_verdict_says_what_a_batch_was_held_to_and_what_of_it_held() -> None:
    dated = [article(n) for n in range(12)]
    undated = [article(12 + n, source="herald", published_at=None, published_precision=None) for n in range(12)]
    few = [article(24, source="bugle"), article(25, source="bugle", title="")]
    bands = {slug: Expect(share_with_date=0.8) for slug in ("gazette", "herald")}

    its = check_batch([*dated, *undated, *few], bands, "run-1", AT).judgement

    assert its
    assert (its.rows, its.broken, its.articles) == (
        26,
        ("title:string_too_short",),
        {"gazette": 12, "herald": 12, "bugle": 1},
    )
    assert its.rules > len(RULES)
    with_date = {check.source: check for check in its.bands if check.code == "share_with_date"}
    assert {name: (check.observed, check.low, check.is_held) for name, check in with_date.items()} == {
        "gazette": (1.0, 0.8, True),
        "herald": (0.0, 0.8, False),
    }


def test_a_rule_of_the_type_breaks_on_its_row_only_with_the_code_of_the_type() -> None:
    cases = [(different, code) for different, code in BROKEN if code in RULES and "\ud800" not in str(different)]
    wanted = {row: [code] for row, (_, code) in enumerate(cases)}

    found = codes(*(article(row, **different) for row, (different, _) in enumerate(cases)), article(1000))

    assert len(cases) > 6
    assert found == wanted


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.text(st.characters(codec="utf-8"), max_size=3) | st.just("x" * 501),
                "dek": st.none() | st.text(st.characters(codec="utf-8"), max_size=2),
                "language": st.sampled_from([None, "en", "EN", "en\n", "engl", ""]),
                "word_count": st.integers(-(2**70), 2**70),
                "url": st.sampled_from(["https://a", "HTTP://a", "\nhttps://a", "http://" + "a" * 4096]),
                "body_hash": st.text("abcdef0", min_size=63, max_size=65),
            },
        ),
        min_size=1,
        max_size=30,
    )
)
def test_type_and_suite_agree_on_any_record(different: list[dict[str, Any]]) -> None:
    articles = [article(row, **each) for row, each in enumerate(different)]

    by_type = {row: {f.code for f in record_faults(each)} for row, each in enumerate(articles)}

    assert {row: set(its) for row, its in codes(*articles).items()} == {r: c for r, c in by_type.items() if c}


@pytest.mark.parametrize(
    "wild",
    [{"title": "a\ud800"}, {"title": 7}, {"word_count": "many"}, {"authors": 3}, {"article_id": []}, {"body": b"x"}],
)
def test_a_value_of_any_type_is_no_crash(wild: dict[str, Any]) -> None:
    assert set(codes(article(1, **wild), article(2))) <= {0}


def test_an_article_without_a_field_breaks_the_rule_that_it_is_there() -> None:
    assert codes(without("body_hash")) == {0: ["body_hash:string_type"]}


def test_the_same_capture_and_article_twice_keeps_the_first() -> None:
    assert codes(article(1), article(2), article(1), article(1)) == {2: [REPEATED], 3: [REPEATED]}


def test_two_captures_of_one_article_are_both_kept() -> None:
    assert codes(article(1), article(1, capture_id=article(2).capture_id)) == {}


def test_a_finding_names_the_source_the_figures_and_what_to_do() -> None:
    articles = [article(n, authors=()) for n in range(20)] + [article(100 + n, source="herald") for n in range(20)]

    verdict = check_batch(articles, {"gazette": Expect(share_with_author=0.5)}, "run-1", AT)

    [finding] = verdict.findings
    assert (finding.source, finding.code, finding.severity) == ("gazette", "share_with_author", Severity.WARNING)
    assert (finding.observed, finding.low, finding.high) == (0.0, 0.5, None)
    assert (finding.run_id, finding.at) == ("run-1", AT)
    assert "0 of 20 articles of 'gazette' name an author, at least 50% are expected" in finding.message
    assert "newsdesk explain" in finding.message


def test_each_source_is_held_to_its_own_band_and_language() -> None:
    articles = [article(n, language="uk") for n in range(12)]
    articles += [article(100 + n, source="visnyk", language="uk") for n in range(12)]

    findings = check_batch(articles, {}, "run-1", AT, {"gazette": "en-GB", "visnyk": "uk"}).findings

    assert [(finding.source, finding.code) for finding in findings] == [("gazette", "share_in_language")]


def test_both_ends_of_the_median_band_are_watched() -> None:
    articles = [article(n, word_count=5) for n in range(12)]
    articles += [article(100 + n, source="herald", word_count=50_000) for n in range(12)]

    findings = check_batch(articles, {}, "run-1", AT).findings

    assert {(finding.source, finding.code) for finding in findings} == {
        ("gazette", "median_words"),
        ("herald", "median_words"),
    }


def test_few_articles_raise_no_finding() -> None:
    few = [article(n, authors=(), published_at=None, body="same", word_count=1, language="xx") for n in range(9)]
    bands = {"gazette": Expect(share_with_date=1.0, share_with_author=1.0)}

    assert check_batch(few, bands, "run-1", AT, {"gazette": "en"}).findings == ()


def test_a_batch_without_articles_is_a_finding() -> None:
    [finding] = check_batch([], {}, "run-1", AT).findings

    assert (finding.code, finding.source, finding.low) == (VOLUME, None, 1)


def test_a_rule_that_cannot_be_computed_is_our_error_and_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = ColumnRule(column="no_such_column", keyword="notNull", code="no_such_column:missing")
    monkeypatch.setattr(
        expectations, "columns_of", lambda _: (RuledColumn(name="title", json_type="string", rules=(rule,)),)
    )
    expectations._row_suite.cache_clear()

    with pytest.raises(NewsdeskError, match="cannot compute the expectation 'no_such_column:missing'"):
        check_batch([article()], {}, "run-1", AT)
    expectations._row_suite.cache_clear()


def test_importing_and_judging_are_silent_and_count_nobody() -> None:
    script = (
        "import warnings; warnings.simplefilter('error')\n"
        "from tests.support.article_samples import AT, article\n"
        "from schemas.quality.expectations import check_batch\n"
        "print(len(check_batch([article(title='')], {}, 'r', AT).row_faults))\n"
        "import os; print(os.environ['GX_ANALYTICS_ENABLED'])\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "GX_ANALYTICS_ENABLED"}

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)

    assert done.stdout.split() == ["1", "false"]
    assert done.stderr == ""
