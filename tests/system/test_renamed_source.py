"""A source that was renamed: its history, its next poll and its archive follow."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.demo_site import Newsroom, sources_path
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for

COUNTS = """
    SELECT
        source,
        count(*) AS outcomes,
        (SELECT count(*) FROM main.articles AS articles WHERE articles.source = outcomes.source) AS articles,
        (SELECT count(*) FROM main.captures AS captures WHERE captures.source = outcomes.source) AS captures
    FROM ops.outcomes AS outcomes
    GROUP BY source
    ORDER BY outcomes
"""


def counts(desk: Desk) -> dict[str, tuple[int, int, int]]:
    rows: list[dict[str, Any]] = json.loads(desk.run("sql", COUNTS, "--format", "json").stdout)
    return {row["source"]: (row["outcomes"], row["articles"], row["captures"]) for row in rows}


def test_the_rows_the_next_poll_and_the_archive_follow_the_slug(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(sources_path(), folder)
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        settings = settings_for(tmp_path / "home", newsroom, sources=folder)
        desk = Desk(environment_for(settings))
        desk.run("ingest")
        before = counts(desk)
        done = desk.run("sources", "rename", "harbour-gazette", "gazette")
        after = counts(desk)
        again = json.loads(desk.run("ingest", "--now", "--no-revisits", "--json").stdout)
        unaccounted = desk.run("report", "unaccounted_urls", "--json").stdout
        status = json.loads(desk.run("status", "--json").stdout)
        shutil.rmtree(settings.home / "warehouse")
        settings.reader_path.unlink()
        rebuilt = desk.run("rebuild")
        anew = counts(desk)

    assert (done.returncode, done.stdout) == (0, f"{folder / 'gazette.toml'}\n")
    assert after["gazette"] == before["harbour-gazette"]
    assert "harbour-gazette" not in after
    assert [one["count"] for one in again["outcomes"] if one["reason"] == "loaded"] == []
    assert json.loads(unaccounted) == []
    assert sorted({line["source"] for line in status["sources"]}) == sorted(after)
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert {slug: row[1] for slug, row in anew.items()} == {slug: row[1] for slug, row in after.items()}
