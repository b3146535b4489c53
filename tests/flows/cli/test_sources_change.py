"""`newsdesk sources mute`, `unmute` and `remove`, and `enabled = false`: what the next commands say."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tasks.demo_site import Newsroom, sources_path
from tests.support.desks import Desk
from tests.support.newsrooms import environment_for, settings_for

OF_NOBODY = 'homepage = "http://127.0.0.1:9/"\nfeeds = ["http://127.0.0.1:9/rss"]\nlanguage = "en"\ncountry = "gb"\n'


def states(desk: Desk) -> dict[str, tuple[str, int]]:
    status: dict[str, Any] = json.loads(desk.run("status", "--json").stdout)
    return {line["source"]: (line["state"], line["feeds_failing"]) for line in status["sources"]}


def test_a_source_that_fails_is_muted_disabled_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(sources_path(), folder)
    for slug in ("dead", "lost"):
        (folder / f"{slug}.toml").write_text(f'name = "{slug}"\n{OF_NOBODY.replace("rss", slug)}')
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(tmp_path / "home", newsroom, sources=folder)))
        first = desk.run("ingest")
        failing = states(desk)
        muted = desk.run("sources", "mute", "dead")
        (folder / "lost.toml").write_text((folder / "lost.toml").read_text() + "enabled = false\n")
        second = desk.run("ingest", "--now")
        quiet = states(desk)
        named = desk.run("ingest", "lost")
        health = desk.run("health")
        removed = desk.run("sources", "remove", "dead")
        after = states(desk)

    assert (first.returncode, failing["dead"], failing["lost"]) == (3, ("polled", 1), ("polled", 1))
    assert (muted.returncode, muted.stdout) == (0, f"{folder / 'dead.toml'}\n")
    assert second.returncode == 0, second.stdout
    assert (quiet["dead"], quiet["lost"]) == (("muted", 1), ("not enabled", 0))
    assert (named.returncode, "enabled = false" in named.stderr) == (4, True)
    assert "dead" not in health.stdout
    assert "lost" not in health.stdout
    assert (removed.returncode, removed.stdout) == (0, f"{folder / 'dead.toml'}\n")
    assert "0 articles of 'dead' stay in the tables" in removed.stderr
    assert not (folder / "dead.toml").exists()
    assert (after["dead"], len(after)) == (("no file", 0), 5)


def test_sources_test_shows_what_the_selectors_give_beside_the_rules(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    shutil.copytree(sources_path(), folder)
    file = folder / "harbour-gazette.toml"
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as newsroom:
        desk = Desk(environment_for(settings_for(tmp_path / "home", newsroom, sources=folder)))
        url = newsroom.specials()["wire"]
        wrong = file.read_text() + '\n[select]\nbody = "p >"\n'
        file.write_text(file.read_text() + '\n[select]\ntitle = "p"\nbody = "h1"\n')
        shown = json.loads(desk.run("sources", "test", "harbour-gazette", url, "--json").stdout)
        lines = desk.run("sources", "test", "harbour-gazette", url).stdout
        gone = desk.run("sources", "test", "harbour-gazette", f"{url}-gone")
        file.write_text(wrong)
        refused = desk.run("sources", "test", "harbour-gazette", url)

    assert shown["selected"]["body"] == shown["by_rules"]["title"]
    assert shown["by_rules"]["word_count"] > shown["selected"]["word_count"]
    assert f"    by the rules: {shown['by_rules']['title']}\n" in lines
    assert (gone.returncode, "http_error" in gone.stdout) == (3, True)
    assert (refused.returncode, "select = " in refused.stderr, "no CSS selector" in refused.stderr) == (4, True, True)
