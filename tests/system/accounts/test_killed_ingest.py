"""An ingest that is killed at a random moment leaves accounts that sum to zero, and the next one misses nothing.

`make chaos` kills 100 times (TEST_KILLS), at moments that TEST_SEED decides; the suite a few times.
"""

import os
import random
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flows.rebuild import recover
from flows.running.run import run_flow
from schemas.runs.archive_check import Trouble
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.demo_site import Newsroom
from tasks.pure.reports.prometheus import render_metrics
from tasks.search.verify import verify_index
from tasks.upkeep.check_archive import check
from tests.support.killed_host import open_host
from tests.support.newsrooms import ask, ingest, settings_for
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.reader.status import status
from warehouse.tables.migrate import migrate

KILLS = int(os.environ.get("TEST_KILLS", "2"))
SLUGS = ["dnipro-visnyk"] if KILLS < 10 else []
"""One outlet in the suite: a run takes two seconds instead of five. None: all three."""
SEED = int(os.environ.get("TEST_SEED", "17"))
OPENED_AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ARTICLES = "SELECT source, url, version, title, body_hash FROM main.article_versions ORDER BY ALL"
CRASHED = """
    SELECT runs.urls, runs.sources, count(outcomes.url) AS counted, count(DISTINCT outcomes.source) AS counted_sources
    FROM ops.runs AS runs LEFT JOIN ops.outcomes AS outcomes USING (run_id)
    WHERE runs.state = 'crashed' GROUP BY ALL
"""
LOST = """
    SELECT captures.url FROM main.captures AS captures
    ANTI JOIN ops.outcomes AS outcomes ON outcomes.capture_id = captures.capture_id
    WHERE captures.kind = 'article'
"""


def test_accounts_sum_to_zero_after_every_kill_and_the_next_run_misses_nothing(tmp_path: Path) -> None:
    dice, died, homes = random.Random(SEED), 0, 0
    with Newsroom(OPENED_AT) as newsroom, open_host("killed_ingest") as host:
        plain = {"cage_children": 1, "fetch_threads": 4}
        calm = settings_for(tmp_path / "calm", newsroom, **plain)
        ingest(calm, datetime.now(UTC), SLUGS)
        while died < KILLS:
            settings = calm.model_copy(update={"home": tmp_path / str(homes)})
            homes += 1
            while died < KILLS and host.attempt(settings, *moment(dice), slugs=SLUGS) == "killed":
                died += 1
                accounts_sum_to_zero(settings)
            assert host.attempt(settings, None, slugs=SLUGS) == "done"
            assert ask(settings, ARTICLES) == ask(calm, ARTICLES)
            assert verify_index(settings).is_good
            for row in ask(settings, CRASHED):
                assert (row["urls"], row["sources"]) == (row["counted"], row["counted_sources"])
            mend(settings)
            accounts_sum_to_zero(settings)
    print(f"kills={died} homes={homes}")


def moment(dice: random.Random) -> tuple[int, float]:
    """After so many steps of progress, so many milliseconds: from the first feed to the writing of the report."""
    return dice.randrange(1, 50 if SLUGS else 130), dice.choice((0.0, dice.uniform(0, 600)))


def accounts_sum_to_zero(settings: Settings) -> None:
    """Every URL that the ledger took up has one end: behind a kill, and once a later run closed the dead one."""
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, OPENED_AT)
        publish_reader(warehouse, settings.reader_path)
    assert ask(settings, "FROM reports.unaccounted_urls") == []
    assert ask(settings, LOST) == []
    now = status(settings.reader_path)
    assert now.totals.unaccounted_urls == 0
    assert "newsdesk_unaccounted_urls 0\n" in render_metrics(now)


def mend(settings: Settings) -> None:
    """What `newsdesk archive check --repair` does with what the killed runs fetched and did not load."""
    with Warehouse(settings.warehouse_url) as warehouse:
        found = check(Archive.of(settings), warehouse, repair=True)
        assert {fault.trouble for fault in found.faults} <= {Trouble.UNFINISHED, Trouble.NOT_IN_WAREHOUSE}
    run_flow("rebuild", partial(recover, found.lost), [], settings)
