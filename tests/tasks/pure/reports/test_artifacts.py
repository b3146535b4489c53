"""Which tables, summary and links a run leaves in Prefect."""

from schemas.runs.artifacts import Artifact, LinkArtifact, SummaryArtifact, TableArtifact
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, BackfillProgress
from schemas.runs.maintenance import Maintained
from schemas.runs.replay import Fate, ReplayDiff
from schemas.runs.report import FlowResults, Paths, RunReport
from tasks.pure.reports.artifacts import artifacts
from tasks.pure.reports.run_report import summarise
from tests.support.report_samples import OUTCOMES, finding, run

PAGES = Paths(report="reports/1.html", pages="http://127.0.0.1:4201")


def report(flow: str, results: FlowResults | None = None, *, has_urls: bool = False) -> RunReport:
    outcomes = OUTCOMES if has_urls else ()
    return summarise(run(flow=flow), outcomes, (), (), PAGES, results=results or FlowResults())


def keys(made: list[Artifact]) -> list[str]:
    return [each.key for each in made]


def table(made: list[Artifact], key: str) -> TableArtifact:
    return next(each for each in made if isinstance(each, TableArtifact) and each.key == key)


def test_an_ingest_leaves_its_outcomes_even_where_it_asked_nobody() -> None:
    assert keys(artifacts(report("ingest"))) == ["ingest-outcomes", "ingest-summary", "ingest-report"]
    assert table(artifacts(report("ingest", has_urls=True)), "ingest-outcomes").rows[-1]["all"] == 6


def test_a_replay_leaves_its_differences_and_a_link_to_the_comparison() -> None:
    diff = ReplayDiff(fates={Fate.KEPT: 3, Fate.CHANGED: 1}, fields={"title": 1})
    made = artifacts(report("replay", FlowResults(replay=diff, page="reports/replay-1.html")))
    assert keys(made) == ["replay-differences", "replay-summary", "replay-report", "replay-comparison"]
    assert table(made, "replay-differences").rows == (
        {"what": "captures kept", "captures": 3},
        {"what": "captures changed", "captures": 1},
        {"what": "title changed", "captures": 1},
    )
    assert [each.url for each in made if isinstance(each, LinkArtifact)] == [
        "http://127.0.0.1:4201/1.html",
        "http://127.0.0.1:4201/replay-1.html",
    ]


def test_a_backfill_leaves_its_progress() -> None:
    progress = BackfillProgress(wanted=BackfillOptions(ground=BackfillOrigin.URLS), chunks=4, left=1, articles=9)
    made = artifacts(report("backfill", FlowResults(backfill=progress), has_urls=True))
    assert keys(made) == ["backfill-progress", "backfill-outcomes", "backfill-summary", "backfill-report"]
    assert {"what": "Chunks loaded", "count": 3} in table(made, "backfill-progress").rows


def test_a_health_run_leaves_a_table_of_findings_also_where_there_is_none() -> None:
    made = artifacts(report("health", FlowResults(open_findings=(finding("the feed\nmoved"),))))
    assert keys(made) == ["health-findings", "health-summary", "health-report"]
    assert table(made, "health-findings").rows == (
        {"severity": "warning", "source": "gazette", "code": "share_with_date", "message": "the feed moved"},
    )
    assert table(artifacts(report("health", FlowResults(open_findings=()))), "health-findings").rows == ()


def test_a_round_of_maintenance_leaves_its_counts_and_a_summary() -> None:
    done = Maintained(
        run_id="r", files_merged=12, files_made=3, records_checked=100, damaged=("a.warc.gz at byte 7",)
    )
    made = artifacts(done)
    assert keys(made) == ["maintain-counts", "maintain-summary"]
    assert {"what": "Archive records damaged", "count": 1} in table(made, "maintain-counts").rows
    (summary,) = (each for each in made if isinstance(each, SummaryArtifact))
    assert "12 files merged into 3" in summary.markdown
    assert "a.warc.gz at byte 7" in summary.markdown
