"""What was forgotten stays so: after a kill in the middle, in a run that had fetched it before, and by age."""

import shutil
import signal
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.maintain import maintain_with
from schemas.errors import RefusedError
from schemas.runs.alert import Alert
from schemas.settings import Settings
from tasks.demo_site import Newsroom, sources_path
from tasks.upkeep.backup.back_up import back_up
from tasks.upkeep.backup.restore import restore
from tasks.upkeep.forget.ask import Wanted
from tasks.upkeep.forget_everywhere import forget, lift, plan
from tests.support.newsrooms import ask, ingest, settings_for
from tests.support.repository import ROOT
from tests.support.words import files_with
from warehouse.hot.state import open_hot

WORDS = ("shanty",)
KILLED_AT = ("blank_archive", "drop_reports", "rewrite_tables", "publish_reader", "clean", "_renew_backups")
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tasks.upkeep.forget_everywhere import forget
from schemas.settings import Settings
from tasks.upkeep.forget import sweep
from tasks.upkeep.forget.ask import Wanted

settings = Settings.model_validate_json(Path(sys.argv[1]).read_text())
setattr(sweep, sys.argv[2], lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
forget(settings, Wanted(url=sys.argv[3]), "a letter", "ada", datetime.now(UTC), lambda: None)
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after one run, to be copied."""
    home = tmp_path_factory.mktemp("loaded") / "home"
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        ingest(settings_for(home, newsroom), datetime.now(UTC))
    return home


@pytest.fixture
def settings(loaded: Path, tmp_path: Path) -> Settings:
    shutil.copytree(loaded, tmp_path / "home")
    return Settings(home=tmp_path / "home", sources=sources_path(), disk_floor_mb=0)


def url_of(settings: Settings) -> str:
    return str(ask(settings, "SELECT url FROM main.articles WHERE url LIKE '%shanty%'")[0]["url"])


def an_alert(message: str) -> Alert:
    now = datetime.now(UTC)
    its = {"incident_id": "1", "kind": "finding", "severity": "warning", "code": "rule_broken", "message": message}
    when = {"opened_at": now, "made_at": now, "due_at": now}
    return Alert.model_validate(
        {**its, **when, "route": "desk", "phase": "opened", "state": "waiting", "attempts": 0}
    )


def test_a_command_that_was_killed_at_any_step_is_carried_out_by_maintenance(
    settings: Settings, tmp_path: Path
) -> None:
    url, given = url_of(settings), tmp_path / "settings.json"
    with closing(open_hot(settings)) as hot:
        hot.alerts.make([an_alert(f"{url} was put aside")])
    given.write_text(settings.model_dump_json())
    for step in KILLED_AT[1::2]:
        killed = subprocess.run([sys.executable, "-c", KILLED, str(given), step, url], cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL, step

    maintain_with(settings, datetime.now(UTC))

    assert files_with(settings.home, WORDS) == {}
    done = ask(settings, "SELECT count(*) AS n FROM ops.forget_results")
    assert done == ask(settings, "SELECT count(*) AS n FROM ops.forget_requests")


def test_a_restore_over_a_home_obeys_its_tombstones(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    back_up(settings, None, tmp_path / "backups", datetime.now(UTC), lambda: None)
    shutil.move(tmp_path / "backups", elsewhere)  # A disk that is not there while it is forgotten.
    done = forget(settings, Wanted(url=url_of(settings)), "a letter", "ada", datetime.now(UTC), lambda: None)
    assert done.unreached == (str(tmp_path / "backups"),)

    restore(settings, elsewhere, datetime.now(UTC), True, lambda: None)

    assert files_with(settings.home, WORDS) == {}
    assert len(ask(settings, "SELECT url FROM main.articles")) > 10


def test_a_tombstone_that_was_lifted_lets_a_run_take_the_page_again_until_it_is_forgotten_anew(
    settings: Settings,
) -> None:
    url, begun = url_of(settings), datetime.now(UTC)
    forget(settings, Wanted(url=url), "a letter", "ada", begun, lambda: None)

    lifted = lift(settings, f"{url}?utm_source=letter", "withdrawn", "bea", begun + timedelta(seconds=1))
    with Newsroom(begun.replace(microsecond=0)) as newsroom:
        ingest(settings_for(settings.home, newsroom), begun + timedelta(minutes=1))
    maintain_with(settings, begun + timedelta(minutes=2))

    assert url_of(settings) == url
    told = ask(settings, "SELECT what, asked_by, why FROM ops.forget_requests ORDER BY at_utc")
    assert [tuple(row.values()) for row in told] == [("article", "ada", "a letter"), ("lift", "bea", "withdrawn")]
    assert lifted.tombstones > 0
    with pytest.raises(RefusedError, match="nothing to lift"):
        lift(settings, url, "again", "bea", begun + timedelta(minutes=3))

    forget(settings, Wanted(url=url), "a second letter", "ada", begun + timedelta(minutes=4), lambda: None)
    assert files_with(settings.home, WORDS) == {}
    with pytest.raises(RefusedError, match="nothing to lift"):
        lift(settings, f"{url}-other", "never forgotten", "bea", begun + timedelta(minutes=5))


def test_a_source_goes_whole_and_is_not_polled_again(settings: Settings) -> None:
    before = ask(settings, "SELECT count(*) AS n FROM main.articles WHERE source <> 'talblick'")
    planned = plan(settings, Wanted(source="talblick"), "ended", "ada", datetime.now(UTC))
    done = forget(settings, Wanted(source="talblick"), "ended", "ada", datetime.now(UTC), lambda: None)

    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        ingest(settings_for(settings.home, newsroom), datetime.now(UTC) + timedelta(minutes=1))

    assert planned.articles == done.articles > 5
    assert ask(settings, "SELECT * FROM main.captures WHERE source = 'talblick'") == []
    assert ask(settings, "SELECT count(*) AS n FROM main.articles WHERE source <> 'talblick'") == before
    assert files_with(settings.home / "archive", ("Seilbahn",)) == {}


def test_a_source_with_keep_days_loses_what_is_older_and_does_not_fetch_it_again(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(sources_path(), folder)
    file = folder / "talblick.toml"
    file.write_text("keep_days = 30\n" + file.read_text())
    kept = settings.model_copy(update={"sources": folder})
    later = datetime.now(UTC) + timedelta(days=40)

    first = maintain_with(kept, later)
    second = maintain_with(kept, later + timedelta(hours=1))

    assert first.articles_forgotten > 5
    assert second.articles_forgotten == 0
    assert {row["source"] for row in ask(kept, "SELECT DISTINCT source FROM main.articles")} == {
        "harbour-gazette",
        "dnipro-visnyk",
    }
    told: list[dict[str, Any]] = ask(kept, "SELECT asked_by, why FROM ops.forget_requests")
    assert told == [{"asked_by": "keep_days", "why": "keep_days = 30"}]
