"""A backfill that is killed again and again ends where an undisturbed one does, row for row."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin, PlanState
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.demo_site import Newsroom
from tasks.search.verify import verify_index
from tasks.upkeep.check_archive import export
from tests.support.backfills import backfill
from tests.support.killed_host import Host, open_host
from tests.support.newsrooms import ask, settings_for
from warehouse.database.connection import Warehouse
from warehouse.lookups.backfill_plans import backfills
from warehouse.tables.migrate import migrate

OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TABLES = {
    "versions": "SELECT article_id, version, source, url, title, body_hash FROM main.article_versions",
    "captures": "SELECT source, url, final_url, status, media_type FROM main.captures WHERE kind = 'article'",
    "outcomes": "SELECT source, url, stage, reason, version FROM ops.outcomes WHERE kind = 'article'",
    "chunks": "SELECT number, source, label, count FROM ops.plans",
    "copies": "SELECT article_id, duplicate_of, kind, contained FROM main.copies",
    "placed": "SELECT article_id, is_copy FROM main.story_articles",
    "mentions": "FROM main.mentions",
    "loads": "SELECT plans.number, loads.outcomes FROM ops.plans AS plans JOIN ops.loads AS loads USING (batch_id)",
}
"""What must be equal: all but ids of runs and captures, and instants."""
STORIES = {"stories": "SELECT article_id, story_id FROM main.story_articles"}
"""Equal where captures have the same times: articles are put into stories in the order of the fetches, which the
network decides where a list is fetched, and the file where one is read."""


def rows(settings: Settings, tables: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    return {name: ask(settings, f"{sql} ORDER BY ALL") for name, sql in tables.items()}


def wish(newsroom: Newsroom, folder: Path, count: int) -> BackfillOptions:
    """So many links of each feed, gone and refused ones among them."""
    urls = sorted({url for listed in newsroom.listed().values() for url in listed[:count]} | set(specials(newsroom)))
    (folder / "urls.txt").write_text("\n".join(urls))
    return BackfillOptions(ground=BackfillOrigin.URLS, inputs=(str(folder / "urls.txt"),))


def specials(newsroom: Newsroom) -> list[str]:
    return [newsroom.specials()[name] for name in ("hard_404", "soft_404", "robots_denied", "consent")]


def killed(folder: Path, kills: int, count: int, seed: int) -> None:
    """Kill backfills at random moments, so often in all, half of them of a list and half of a WARC file."""
    dice = random.Random(seed)
    with Newsroom(OPENED_AT) as newsroom, open_host("killed_backfill") as host:
        plain = {"backfill_pace_s": 0.0, "cage_children": 1, "fetch_threads": 2}
        calm = settings_for(folder / "calm", newsroom, **plain)
        listed = wish(newsroom, folder, count)
        backfill(calm, BackfillOrigin.URLS, *listed.inputs)
        survive(host, calm, listed, folder / "list", kills - kills // 2, dice)
        file = folder / "export.warc.gz"
        export(Archive.of(calm), file, datetime(2026, 1, 1, tzinfo=UTC), None, None)
        ranges = {**plain, "chunk_bytes": file.stat().st_size // 4 + 1}
        calm = settings_for(folder / "calm-file", newsroom, **ranges)
        backfill(calm, BackfillOrigin.WARC, str(file))
        wanted = BackfillOptions(ground=BackfillOrigin.WARC, inputs=(str(file),))
        survive(host, calm, wanted, folder / "file", kills // 2, dice)


def survive(
    host: Host, calm: Settings, wanted: BackfillOptions, homes: Path, kills: int, dice: random.Random
) -> None:
    """Each home whose backfill was killed, perhaps several times, ends as the calm one."""
    tables = TABLES | STORIES if wanted.ground is BackfillOrigin.WARC else TABLES
    expected, died, number = rows(calm, tables), 0, 0
    order = wanted.model_dump(mode="json")
    assert all(expected[name] for name in ("versions", "placed", "mentions"))
    while died < kills:
        home = homes / str(number)
        settings = calm.model_copy(update={"home": home})
        number += 1
        while died < kills and not has_ended(settings):
            if host.attempt(settings, dice.randrange(1, 60), dice.uniform(0, 400), wanted=order) != "killed":
                break
            died += 1
        assert has_ended(settings) or host.attempt(settings, None, wanted=order) == "done"
        ended = rows(settings, tables)
        for name in tables:
            assert ended[name] == expected[name], name
        assert verify_index(settings).is_good


def has_ended(settings: Settings) -> bool:
    """Whether the backfill is done, however its process ended: asked for again, it would be a second one."""
    if not (settings.home / "warehouse").exists():
        return False
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, OPENED_AT)
        return any(each.state is PlanState.DONE for each in backfills(warehouse))


def test_a_backfill_that_was_killed_thrice_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    killed(tmp_path, kills=3, count=3, seed=7)


@pytest.mark.chaos
def test_a_backfill_killed_at_30_random_moments_ends_as_an_undisturbed_one(tmp_path: Path) -> None:
    killed(tmp_path, kills=30, count=12, seed=30)
