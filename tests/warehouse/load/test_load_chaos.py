"""Nothing that was acknowledged is lost, nothing doubled or torn, and readers never err: whoever is killed when.

`make chaos` kills 100 times (TEST_KILLS); the suite a few times.
"""

import os
from pathlib import Path

from tests.support.warehouse.batch_samples import NOON, batch_of, urls
from tests.support.warehouse.chaos import SEEN, survive
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import ask, look
from warehouse.database.connection import Warehouse

KILLS = int(os.environ.get("TEST_KILLS", "5"))
SEED = int(os.environ.get("TEST_SEED", "5"))


def test_processes_killed_at_random_moments_lose_double_and_tear_nothing(home: Path, tmp_path: Path) -> None:
    told = survive(url_of(home), tmp_path, KILLS, SEED)

    with Warehouse(url_of(home)) as warehouse:
        loads = [row[0] for row in look(warehouse, "SELECT run_id FROM ops.loads")]
        versions, keys, versions_told, outcomes, outcomes_told = look(warehouse, SEEN)[0]
        assert told.acknowledged <= set(loads)
        assert told.acknowledged
        assert len(loads) == len(set(loads))
        assert versions == keys == versions_told
        assert outcomes == outcomes_told == 40 * len(loads)
        assert ask(warehouse, "FROM reports.unaccounted_urls") == []
        assert load_batch(warehouse, batch_of(urls(2), "after", "after"), NOON).is_replay is False
    print(f"kills={told.kills} acknowledged={len(told.acknowledged)} loads={len(loads)} looks={told.looks}")
