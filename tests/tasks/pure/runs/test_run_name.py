"""The names of runs in Prefect."""

import pytest

from schemas.runs.backfill_plan import BackfillOrigin
from tasks.pure.runs.run_name import CHARS_AT_MOST, run_name


@pytest.mark.parametrize(
    ("flow", "parameters", "name"),
    [
        ("health", {}, "health"),
        ("ingest", {"sources": None, "now": False, "revisits": False}, "ingest"),
        ("ingest", {"sources": ["talblick"], "now": False}, "ingest talblick"),
        ("ingest", {"sources": None, "now": True}, "ingest, all feeds"),
        ("ingest", {"sources": ["a", "b", "c", "d", "e"]}, "ingest a b c and 2 more"),
        ("maintain", {"full": True}, "maintain, large files"),
        ("replay", {"since": "2026-11-01", "until": None, "promote": True}, "replay since 2026-11-01, promoted"),
        ("replay", {"since": "7d", "until": "2026-11-01T06:30"}, "replay since 7d until 2026-11-01T06:30"),
        (
            "backfill",
            {"from_": BackfillOrigin.WAYBACK, "sources": ["le-port"], "since": "2026-11-01", "dry_run": True},
            "backfill from wayback le-port since 2026-11-01, dry run",
        ),
        ("backfill", {"from_": "urls", "files": ["/srv/lists/old.txt"]}, "backfill from urls old.txt"),
    ],
)
def test_a_run_is_called_by_what_it_runs_over(flow: str, parameters: dict[str, object], name: str) -> None:
    assert run_name(flow, parameters) == name


def test_a_name_is_one_line_of_bounded_length() -> None:
    name = run_name("ingest", {"sources": ["a\nb" + "c" * 200]})
    assert len(name) == CHARS_AT_MOST
    assert "\n" not in name
