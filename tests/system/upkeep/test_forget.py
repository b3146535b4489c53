"""An article is forgotten: its words are in no file of the home or of a backup, and nothing brings them back."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from schemas.runs.forget import hash_of
from tasks.demo_site import Newsroom
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.words import files_with

PATH = "/news/culture/sea-shanty-choir"
WORDS = ("shanty", "shanties")


def rows(desk: Desk, sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(desk.run("sql", sql, "--format", "json").stdout)
    return found


def test_no_file_keeps_the_words_and_no_run_or_rebuild_or_restore_brings_them_back(tmp_path: Path) -> None:
    home, backups = tmp_path / "home", tmp_path / "backups"
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        settings = settings_for(home, newsroom)
        desk = Desk(environment_for(settings))
        assert desk.run("ingest").returncode == 0
        assert desk.run("backup", str(backups)).returncode == 0
        assert desk.run("backup", str(backups)).returncode == 0
        url = next(row["url"] for row in rows(desk, "SELECT url FROM main.articles WHERE url LIKE '%shanty%'"))
        accounts = "SELECT kind, stage, reason, count(*) AS n FROM ops.outcomes GROUP BY ALL ORDER BY ALL"
        before = rows(desk, accounts)
        assert files_with(home, WORDS)
        assert files_with(backups, WORDS)

        planned = desk.json("forget", f"{url}?utm_source=letter", "--why", "a letter of 3 May", "--dry-run", "--json")
        done = desk.json("forget", f"{url}?utm_source=letter", "--why", "a letter of 3 May", "--yes", "--json")

        assert isinstance(planned, dict)
        assert isinstance(done, dict)
        assert planned["articles"] == done["articles"] == 1
        assert files_with(home, WORDS) == {}
        assert files_with(backups, WORDS) == {}
        assert rows(desk, accounts) == before
        assert rows(desk, "FROM reports.unaccounted_urls") == []
        assert desk.run("archive", "check").returncode == 0
        assert desk.run("restore", str(backups), "--check").returncode == 0

        again = desk.json("forget", url, "--why", "again", "--yes", "--json")
        assert isinstance(again, dict)
        assert again["articles"] == 0

        assert desk.run("ingest", "--now").returncode == 0
        assert desk.run("add", url).returncode == 3
        told = rows(desk, "SELECT url, found_in FROM ops.outcomes WHERE reason = 'forgotten' ORDER BY found_in")
        assert {row["url"] for row in told} == {f"forgotten:{hash_of(url)}"}
        assert "command:add" in {row["found_in"] for row in told}
        assert files_with(home, WORDS) == {}

        shutil.rmtree(home / "warehouse")
        settings.reader_path.unlink()
        assert desk.run("rebuild").returncode == 0
        assert files_with(home, WORDS) == {}
        assert desk.run("add", url).returncode == 3
        assert files_with(home, WORDS) == {}
