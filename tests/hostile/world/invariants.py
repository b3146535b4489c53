"""The invariants I1 to I14: what holds after any run, whatever the publishers did."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator

from flows.cli.session import EXIT_CODES
from schemas.items.capture import WarcPointer
from schemas.items.outcome import Reason
from schemas.runs.run import RunState
from tasks.archive.one_record import read_capture
from tasks.archive.records import payload_digest
from tests.hostile.world.canary import SECRET
from tests.hostile.world.good_publisher import ARTICLES
from tests.hostile.world.world import DEADLINE_S, Aftermath
from tests.support.newsrooms import ask
from tests.support.repository import ROOT
from warehouse.database.connection import Warehouse

PARENT_MB = 300
CHILD_MB = 1536
TEMPLATES = ROOT / "tasks" / "pure" / "reports" / "templates"
AROUND = ("page.html.j2", "parts.html.j2")
"""What both kinds of page are put into."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")


def the_run_ends_with_a_meaningful_state(after: Aftermath) -> None:
    """I1: the process lives, and its exit code says that all went well or that sources failed."""
    ends = {report.run.state for report in (after.first, after.second)}
    assert {EXIT_CODES[state] for state in ends} <= {0, 3}, (ends, after.first.run.error)
    has_failed = after.first.run.state is RunState.SOURCES_FAILED
    assert has_failed == bool(after.first.run.sources_failed)


def memory_stays_bounded(after: Aftermath) -> None:
    """I2: the parent grows by less than 300 MB, and no child passes 1.5 GB."""
    assert after.grown_mb < PARENT_MB
    assert after.child_mb < CHILD_MB


def no_url_takes_longer_than_its_deadline(after: Aftermath) -> None:
    """I3: seconds on the wire, all attempts and redirects of a URL together; waiting for turns is none."""
    slow = ask(
        after.settings,
        "SELECT run_id, source, url, kind, sum(elapsed_s) AS seconds, list(attempt) AS attempts,"
        " list(elapsed_s) AS each_s, list(reason) AS reasons, list(sent_at ORDER BY sent_at) AS sent_at"
        f" FROM ops.requests GROUP BY run_id, source, url, kind HAVING sum(elapsed_s) > {DEADLINE_S + 1}",
    )
    assert slow == [], _lines(slow)
    slow = ask(after.settings, f"FROM ops.outcomes WHERE elapsed_s > {DEADLINE_S + 1}")
    assert slow == [], _lines(slow)


def _lines(rows: list[dict[str, Any]]) -> str:
    return "\n" + "\n".join(map(str, rows))


def the_canary_is_untouched(after: Aftermath) -> None:
    """I4: nobody connected to it."""
    assert list(after.canary) == []


def the_good_publisher_is_complete(after: Aftermath) -> None:
    """I5: its 25 articles are rows of the first run."""
    sql = f"SELECT url FROM main.article_versions WHERE source = 'good' AND run_id = '{after.first.run.run_id}'"
    assert len({row["url"] for row in ask(after.settings, sql)}) == ARTICLES


def every_url_has_one_outcome_that_is_known(after: Aftermath) -> None:
    """I6: the ledger has no gap, no doublet and no reason outside of the closed set."""
    assert ask(after.settings, "FROM reports.unaccounted_urls") == []
    reasons = {row["reason"] for row in ask(after.settings, "SELECT DISTINCT reason FROM ops.outcomes")}
    assert reasons <= set(Reason)


def the_warehouse_opens_and_its_ledger_equals_its_rows(after: Aftermath) -> None:
    """I7: versions equal loaded outcomes, and each run's row and loads equal its outcomes."""
    with Warehouse(after.settings.warehouse_url, "500MB"):
        counts = ask(
            after.settings,
            "SELECT (SELECT count(*) FROM main.article_versions) AS versions,"
            " (SELECT count(*) FROM ops.outcomes WHERE reason = 'loaded') AS loaded,"
            " (SELECT count(*) FROM ops.outcomes) AS outcomes, (SELECT sum(urls) FROM ops.runs) AS urls,"
            " (SELECT sum(outcomes) FROM ops.loads) AS loads",
        )[0]
    assert counts["versions"] == counts["loaded"]
    assert counts["outcomes"] == counts["urls"] == counts["loads"]


def a_second_run_adds_no_row(after: Aftermath) -> None:
    """I8: but for the cases whose content did change between the runs, and say so."""
    added = f"FROM main.article_versions WHERE run_id = '{after.second.run.run_id}'"
    changed = {result.source: result.case.rows_again for result in after.results.values() if result.case.rows_again}
    rows = ask(after.settings, f"SELECT source, count(*) AS versions {added} GROUP BY source")
    assert {row["source"]: row["versions"] for row in rows} == changed


def every_record_reads_again_with_its_digest(after: Aftermath) -> None:
    """I9: by warcio's own check of every record, and by ours of every capture."""
    archive = after.settings.archive_path
    assert list(archive.rglob("*.open")) == []
    unproven = [each for path in archive.rglob("*.warc.gz") for each in _unproven(path)]
    assert unproven == []
    columns = "warc_file AS file, warc_offset AS offset, warc_length AS length, warc_digest AS digest"
    for row in ask(after.settings, f"SELECT {columns} FROM main.captures"):
        pointer = WarcPointer.model_validate(row)
        assert payload_digest(read_capture(archive, pointer)) == pointer.digest


def _unproven(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            is_checked = record.rec_type != "revisit"  # a 304: no payload, and warcio leaves its digest alone
            if is_checked and record.digest_checker.passed is not True:
                yield f"{path.name} {record.rec_type} {record.rec_headers.get_header('WARC-Target-URI')}"


def no_row_lacks_a_capture_and_none_is_half(after: Aftermath) -> None:
    """I10: each version points at a record of its own run, and has what an article must have."""
    assert (
        ask(after.settings, "SELECT url FROM main.article_versions ANTI JOIN main.captures USING (capture_id)") == []
    )
    assert (
        ask(
            after.settings,
            "SELECT url FROM main.article_versions WHERE coalesce(title, '') = '' OR coalesce(body, '') = ''"
            " OR fetched_at IS NULL OR body_hash IS NULL OR word_count IS NULL",
        )
        == []
    )


def no_file_appears_outside_the_home(after: Aftermath) -> None:
    """I11: neither in the working folder, nor among temporary files, nor in the user's folder."""
    assert after.strays == ()


def no_log_line_carries_control_bytes_or_secrets(after: Aftermath) -> None:
    """I12: all that was logged, from DEBUG up, and written to standard error; secrets in no file either."""
    assert [line for line in after.logged.split("\n") if _CONTROL.search(line)] == []
    assert SECRET not in after.logged
    assert [str(path) for path in after.settings.home.rglob("*") if path.is_file() and _holds(path, SECRET)] == []


def _holds(path: Path, text: str) -> bool:
    return text.encode() in path.read_bytes()


class _Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


def the_report_holds_no_element_of_the_content(after: Aftermath) -> None:
    """I13: re-parsed, each page has the tags and attributes of its templates only, and links by http only."""
    pages = list(after.settings.reports_path.glob("*.html"))
    assert any("quality" in page.name for page in pages)
    for page in pages:
        own = "quality.html.j2" if "quality" in page.name else "run_report.html.j2"
        ours = _Elements("".join((TEMPLATES / name).read_text("utf-8") for name in (*AROUND, own)))
        found = _Elements(page.read_text("utf-8"))
        assert found.tags <= ours.tags
        assert found.attributes <= ours.attributes
        assert {urlsplit(target).scheme for target in found.targets} <= {"http", "https", ""}


def nothing_is_left_behind(after: Aftermath) -> None:
    """I14: no thread, child or descriptor more than before."""
    assert after.left == ()


INVARIANTS = (
    the_run_ends_with_a_meaningful_state,
    memory_stays_bounded,
    no_url_takes_longer_than_its_deadline,
    the_canary_is_untouched,
    the_good_publisher_is_complete,
    every_url_has_one_outcome_that_is_known,
    the_warehouse_opens_and_its_ledger_equals_its_rows,
    a_second_run_adds_no_row,
    every_record_reads_again_with_its_digest,
    no_row_lacks_a_capture_and_none_is_half,
    no_file_appears_outside_the_home,
    no_log_line_carries_control_bytes_or_secrets,
    the_report_holds_no_element_of_the_content,
    nothing_is_left_behind,
)
