"""Quality pages: what the rules, the expectations and the counts say of a run, and nothing from outside is markup."""

import re
from typing import Any

import pytest
from lxml import etree, html

from schemas.items.article import Article, Completeness
from schemas.items.field_use import gap_fields
from schemas.items.finding import Severity
from schemas.items.outcome import Reason
from schemas.quality.quality_page import BandCheck, BrokenRule, Gap, Judgement, Quality, QualityFacts, Share, Volume
from schemas.runs.report import Paths, RunReport
from schemas.sources.source import Expect
from tasks.pure.reports import quality_facts as facts
from tasks.pure.reports.quality_page import render_quality
from tasks.pure.reports.run_report import render_html, summarise
from tests.support.report_samples import BAD_URLS, PAYLOADS, finding, outcome, run

BROKEN = BrokenRule(
    source="gazette",
    rule="title:string_too_short",
    message="title: is empty",
    records=2,
    urls=("https://a.example/1", "https://a.example/2"),
)


def band(code: str = "share_with_date", is_held: bool = True, source: str = "gazette", **different: Any) -> BandCheck:
    fields: dict[str, Any] = {"observed": 0.95, "low": 0.8}
    return BandCheck(source=source, code=code, is_held=is_held, **(fields | different))


def report(*reasons: Reason, **different: Any) -> RunReport:
    outcomes = [outcome("gazette", reason, f"https://a.example/{n}") for n, reason in enumerate(reasons)]
    fields: dict[str, Any] = {"findings": (), "paths": Paths(report="var/reports/r.html")}
    told = fields | different
    return summarise(run(), outcomes, told["findings"], (), told["paths"])


REPORT = report(*[Reason.LOADED] * 18, Reason.UNCHANGED, *[Reason.RULE_BROKEN] * 2, Reason.CONSENT_PAGE)
QUALITY = Quality(
    facts=QualityFacts(
        broken=(BROKEN,),
        mix=(
            Share(source="gazette", completeness=Completeness.FULL, articles=17),
            Share(source="gazette", completeness=Completeness.PAYWALLED, articles=1),
        ),
        gaps=(
            Gap(source="gazette", field="published_at", articles=18, missing=3),
            Gap(source="gazette", field="section", articles=18, missing=18),
            Gap(source="gazette", field="dek", articles=18, missing=0),
        ),
        volumes=(Volume(source="gazette", articles_24h=18, articles_7d=21, is_older=True),),
        checked=(finding("no article in 7 days", source="herald", code="source_dried_up"),),
    ),
    judgements=(
        Judgement(
            rows=20,
            rules=47,
            broken=("title:string_too_short",),
            articles={"gazette": 18, "herald": 3},
            bands=(
                band(),
                band("share_with_author", False, observed=0.1, low=0.6),
                band("share_repeated", observed=0.0, low=None, high=0.2),
                band("median_words", observed=1234, low=60, high=5000),
            ),
        ),
    ),
    expects={"gazette": Expect(articles_per_day=(10, 40)), "herald": Expect()},
)
EMPTY = report(paths=Paths())


def cells(page: html.HtmlElement, section: str) -> list[list[str]]:
    """What the rows of a section's table show, but for the heads."""
    rows = page.xpath(f"//section[@aria-labelledby='{section}']//tr[not(parent::thead)]")
    return [[cell.text_content().strip() for cell in row] for row in rows]


def text(quality: Quality = QUALITY, of: RunReport = REPORT) -> str:
    return " ".join(html.fromstring(render_quality(of, quality)).text_content().split())


def test_the_page_tells_what_passed_and_which_rules_put_records_aside() -> None:
    page = html.fromstring(render_quality(REPORT, QUALITY))
    assert cells(page, "passed") == [[name, "21", "18", "1", "2", ""] for name in ("gazette", facts.ALL)]
    (rule,) = page.xpath("//section[@aria-labelledby='quarantine']//tbody/tr")
    assert cells(page, "quarantine")[0][:3] == ["gazette", "title:string_too_short", "2"]
    assert "title: is empty" in rule.text_content()
    assert rule.xpath(".//@href") == ["https://a.example/1", "https://a.example/2"]


def test_the_page_tells_each_expectation_with_what_was_observed_and_whether_it_held() -> None:
    page = text()
    assert "20 records were held to 47 rules each; 1 rule was broken" in page
    for told in (
        "95 %at least 80 %", "10 %did not hold: at least 60 %", "0 %at most 20 %", "1,23460 to 5,000",
        "Too few articles at once to judge their shares: herald (3).",
    ):  # fmt: skip
        assert told in page


def test_the_page_tells_gaps_as_shares_and_the_days_beside_their_band() -> None:
    missing = {"published_at": 3, "section": 18}
    assert facts.gaps(QUALITY.facts.gaps) == [
        (source, 18, [missing.get(field, 0) for field in facts.FIELDS]) for source in ("gazette", facts.ALL)
    ]
    assert [tuple(rate) for rate in facts.rates(QUALITY)] == [
        ("gazette", 18, 3.0, "10 to 40", "below"),
        ("herald", 0, 0.0, "not stated", "no article"),
    ]
    (shares, _) = cells(html.fromstring(render_quality(REPORT, QUALITY)), "gaps")
    assert shares[:6] == ["gazette", "18", "17 %", "–", "–", "100 %"]


def test_how_whole_pages_were_counts_versions_and_pages_that_were_no_article_once_each() -> None:
    both = report(Reason.LOADED, Reason.SOFT_404, Reason.CONSENT_PAGE)
    stored = QualityFacts(mix=(Share(source="gazette", completeness=Completeness.SOFT_404, articles=1),))
    assert facts.mix(Quality(facts=stored), both) == (
        ["soft_404", "consent_page"],
        [("gazette", [2, 1]), (facts.ALL, [2, 1])],
    )


def test_open_findings_are_of_the_run_and_of_the_last_checks_each_once_warnings_first() -> None:
    its = finding("a notice", Severity.NOTICE)
    found = facts.open_findings(QUALITY, report(findings=(its, *QUALITY.facts.checked)))
    assert [each.message for each in found] == ["no article in 7 days", "a notice"]


@pytest.mark.parametrize(
    ("quality", "of", "sentence", "level"),
    [
        (QUALITY, REPORT, "2 of 21 records in quarantine, 1 expectation did not hold", "warn"),
        (Quality(), EMPTY, "No article was read in this run", ""),
        (Quality(), report(Reason.LOADED), "1 record, none broke a rule", "good"),
        (
            Quality(judgements=(Judgement(rows=1, rules=47, bands=(band(),)),)),
            report(Reason.LOADED, Reason.DUPLICATE),
            "2 records, none broke a rule, every expectation held",
            "good",
        ),
    ],
)
def test_the_verdict_is_one_sentence(quality: Quality, of: RunReport, sentence: str, level: str) -> None:
    assert (facts.verdict(quality, of), facts.level(quality, of)) == (sentence, level)


def test_a_run_that_read_nothing_says_so_under_every_heading() -> None:
    page = text(Quality(), EMPTY)
    for told in (
        "No page was read as an article", "No record broke a rule.", "No batch held a record to judge.",
        "None, in this run", "No version was loaded.", "The run took up no source.",
    ):  # fmt: skip
        assert told in page
    assert html.fromstring(render_quality(EMPTY, Quality())).xpath("//table | //a") == []


def test_of_several_batches_the_last_that_did_not_hold_is_told() -> None:
    batches = [band(observed=0.9), band(is_held=False, observed=0.2), band(observed=0.85)]
    judgements = [Judgement(rows=12, rules=47, bands=(each,)) for each in batches]
    (row,) = facts.expectations(judgements)
    assert (row.observed, row.held, row.batches) == ("20 %", 2, 3)
    assert "20 %did not hold: at least 80 %, in 1 of 3 batches" in text(Quality(judgements=tuple(judgements)))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, "–"), (0, 9, "0 %"), (1, 1000, "1 %"), (999, 1000, "99 %"), (1000, 1000, "100 %"), (1, 3, "33 %")],
)
def test_a_share_that_is_not_all_never_reads_as_all(part: int, whole: int, words: str) -> None:
    assert facts.percent(part, whole) == words


def test_every_field_that_a_publisher_may_leave_out_has_its_share() -> None:
    assert set(facts.FIELDS) == set(gap_fields(Article))
    assert facts.FIELDS[0] == "published_at", "the share of articles without a date is a figure at the top"


def hostile(words: str, url: str = "https://a.example/") -> str:
    """A page in which every text from outside is `words` and every URL is `url`."""
    its = Quality(
        facts=QualityFacts(
            broken=(BrokenRule(source=words, rule=words, message=words, records=1, urls=(url,)),),
            mix=(Share(source=words, completeness=Completeness.FULL, articles=1),),
            gaps=(Gap(source=words, field="dek", articles=1, missing=1),),
            volumes=(Volume(source=words, articles_24h=1, articles_7d=1, is_older=True),),
            checked=(finding(words, source=words, code=words),),
        ),
        judgements=(Judgement(rows=1, rules=1, articles={"x": 1, words: 1}, bands=(band(words, source="y"),)),),
        expects={words: Expect()},
    )
    outcomes = [outcome(words, Reason.LOADED, url), outcome(words, Reason.RULE_BROKEN, url, words)]
    told = summarise(run(error=words, run_id=words, flow=words, runner=words), outcomes, (), (), Paths())
    return render_quality(told, its)


SHAPE = [(node.tag, sorted(node.attrib)) for node in html.fromstring(hostile("plain")).iter()]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_element_and_no_attribute_of_the_page_comes_from_content(payload: str) -> None:
    page = html.fromstring(hostile(payload, "https://a.example/?q=1"))
    hostile(payload).encode("utf-8")

    assert [(node.tag, sorted(node.attrib)) for node in page.iter()] == SHAPE
    attributes = " ".join(str(value) for node in page.iter() for value in node.attrib.values())
    assert "alert" not in attributes
    assert "evil" not in attributes


@pytest.mark.parametrize("url", BAD_URLS)
def test_a_url_that_is_not_plain_http_is_never_a_link(url: str) -> None:
    assert html.fromstring(hostile("text", url)).xpath("//@href") == []


def test_the_page_loads_nothing_runs_nothing_and_is_well_nested() -> None:
    written = render_quality(REPORT, QUALITY)
    page = html.fromstring(written)

    assert page.xpath("//script | //link | //img | //iframe | //object | //@src") == []
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert not re.search(r"url\(|@import", "".join(page.xpath("//style/text()")))
    body = written[written.index("<body>") :].replace("</html>", "").replace("<br>", "<br/>")
    assert etree.fromstring(body).tag == "body"


def test_every_table_has_a_caption_and_every_label_points_at_one_heading() -> None:
    page = html.fromstring(render_quality(REPORT, QUALITY))
    ids = page.xpath("//@id")

    assert all(table.xpath("caption")[0].text for table in page.xpath("//table"))
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_the_pages_of_a_run_lead_to_each_other() -> None:
    paths = Paths(report="var/reports/20261125T1.html", quality="var/reports/20261125T1-quality.html")
    of = report(Reason.LOADED, paths=paths)

    assert "20261125T1-quality.html" in html.fromstring(render_html(of)).xpath("//header//@href")
    assert html.fromstring(render_quality(of, Quality())).xpath("//header//@href") == ["20261125T1.html"]
