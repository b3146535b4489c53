"""What a replay, a backfill and a health run say of themselves, in one sentence and in counts."""

from uuid import UUID

import pytest

from schemas.items.finding import Severity
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, BackfillProgress, Estimate
from schemas.runs.replay import Difference, Fate, FieldChange, ReplayDiff
from schemas.runs.report import FlowResults, RunReport
from schemas.runs.run import RunState
from tasks.pure.reports.flow_results import result_figures, result_markdown
from tasks.pure.reports.run_facts import summarise, verdict
from tests.support.report_samples import OUTCOMES, PATHS, finding, run

WANTED = BackfillOptions(ground=BackfillOrigin.SITEMAPS, sources=("talblick",))
ESTIMATE = Estimate(chunks=12, requests=1200, hours=2.5, bytes=144_000_000, known=30, faults=0)
PLAN = UUID(int=0xABCDEF << 104)
MIXED = {Fate.KEPT: 1190, Fate.CHANGED: 14}


def replayed(**its: object) -> FlowResults:
    return FlowResults(replay=ReplayDiff.model_validate(its))


def backfilled(**its: object) -> FlowResults:
    return FlowResults(backfill=BackfillProgress.model_validate({"wanted": WANTED} | its))


def report(flow: str, results: FlowResults, **different: object) -> RunReport:
    return summarise(run(flow=flow, **different), OUTCOMES[:1], (), (), PATHS, results=results)


@pytest.mark.parametrize(
    ("flow", "results", "sentence"),
    [
        ("replay", replayed(), "No capture to extract again"),
        ("replay", replayed(fates={Fate.KEPT: 1}), "1 capture extracted again: 1 kept"),
        (
            "replay",
            replayed(fates=MIXED),
            "1,204 captures extracted again: 1,190 kept, 14 changed; nothing was written",
        ),
        (
            "replay",
            replayed(fates=MIXED, is_promoted=True),
            "1,204 captures extracted again: 1,190 kept, 14 changed; the changed articles are current",
        ),
        (
            "backfill",
            backfilled(is_dry=True, estimate=ESTIMATE),
            "Dry run, nothing was loaded: 12 chunks, 1,200 requests, 2 h 30 min at the sources' pace",
        ),
        (
            "backfill",
            backfilled(plan_id=PLAN, chunks=12, left=5, articles=1),
            "7 of 12 chunks loaded, 1 article loaded; the same run again goes on",
        ),
        (
            "backfill",
            backfilled(plan_id=PLAN, chunks=12, articles=310, faults=2),
            "12 of 12 chunks loaded, 310 articles loaded, 2 faults in what was given",
        ),
        (
            "backfill",
            backfilled(plan_id=PLAN, estimate=ESTIMATE.model_copy(update={"chunks": 0})),
            "No page is left to load, 30 are there already",
        ),
        (
            "backfill",
            backfilled(is_dry=True, estimate=ESTIMATE.model_copy(update={"chunks": 0, "known": 1})),
            "Dry run, nothing was loaded: no page is left to load, 1 is there already",
        ),
        ("health", FlowResults(open_findings=()), "All well in 2 sources"),
        (
            "health",
            FlowResults(open_findings=(finding(), finding(severity=Severity.NOTICE))),
            "1 warning and 1 notice open in 2 sources",
        ),
    ],
)
def test_the_verdict_says_what_the_flow_is_for(flow: str, results: FlowResults, sentence: str) -> None:
    its = report(flow, results).model_copy(update={"outcomes": ()})
    assert verdict(its) == sentence


def test_a_run_that_was_interrupted_says_so_first() -> None:
    its = report("backfill", backfilled(chunks=12, left=5), state=RunState.INTERRUPTED)
    assert verdict(its) == (
        "The run was interrupted, 7 of 12 chunks loaded, 0 articles loaded; the same run again goes on"
    )


def test_the_counts_of_a_dry_run_are_those_of_its_estimate() -> None:
    assert result_figures(backfilled(is_dry=True, estimate=ESTIMATE)) == [
        ("Chunks", 12),
        ("Requests planned", 1200),
        ("Minutes at the sources' pace", 150),
        ("Bytes to read", 144_000_000),
        ("Pages there already", 30),
    ]


def test_a_backfill_with_chunks_left_names_the_commands_that_go_on_and_end_it() -> None:
    (told,) = result_markdown(backfilled(plan_id=PLAN, chunks=12, left=5))
    assert told == (
        "Backfill sitemaps … to … talblick · plan abcdef00: `newsdesk backfill resume abcdef00` goes on, "
        "`newsdesk backfill cancel abcdef00` ends it"
    )


def test_examples_of_a_replay_show_both_texts_and_nothing_of_them_is_markup() -> None:
    change = FieldChange(field="title", before="*Old* <b>title</b>", after=None)
    example = Difference(source="herald", url="https://a.example/1", fate=Fate.CHANGED, changes=(change,))
    told = "\n".join(result_markdown(replayed(fates=MIXED, fields={"title": 14}, examples=(example,))))
    assert "- title: **14**" in told
    assert r"title was: \*Old\* \<b\>title\</b\>" in told
    assert r"title is: \(none\)" in told
