"""What it costs to look for the copies of 1,000 new articles, beside the rest of their load: see bench/README.md.

    .venv/bin/python -m bench.stories.copies_cost [STORED …]

STORED samples (100,000 and 1,000,000) have random hashes, 3,300 a day, so that a million are ten months. The million
is asked twice: as it lies, and with all of it within the window, as no installation has it.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa

from bench.inputs.texts import BEGIN, batches
from schemas.history.copies import LeadingTexts
from tasks.pure.history import rules
from tasks.pure.stories.copies import text_samples
from warehouse.database.connection import Session, Warehouse
from warehouse.load.copies import load_copies
from warehouse.load.load import load_batch
from warehouse.tables.maintain import merge_files
from warehouse.tables.migrate import migrate

SIZE = 1_000
FILL = 50_000
A_DAY = 3_300
ALL_AT_ONCE = 1_000_000


def main() -> None:
    """Print a line a number of stored samples."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("stored", type=int, nargs="*", default=[100_000, ALL_AT_ONCE])
    print(f"{'stored':>10} {'a day':>8} {'samples':>10} {'copies':>10} {'rest of the load':>18} {'share':>8}")
    for stored in asked.parse_args().stored:
        measure(stored, A_DAY)
        if stored == ALL_AT_ONCE:
            measure(stored, 2 * stored)


def measure(stored: int, a_day: int) -> None:
    """CPU seconds of making 1,000 samples, of finding and deciding their copies, and of all else in their load."""
    with tempfile.TemporaryDirectory() as home:
        url = f"ducklake:sqlite:{home}/catalog.sqlite?data={home}/data/"
        with Warehouse(url, memory="2GB") as warehouse:
            migrate(warehouse, BEGIN)
            _fill(warehouse, stored, a_day)
            merge_files(warehouse, is_full=True)
            told = sorted(_loads(warehouse, 3))
            samples_s, copies_s, rest_s = told[len(told) // 2]
    share = (samples_s + copies_s) / rest_s
    print(f"{stored:>10,} {a_day:>8,} {samples_s:>8.2f} s {copies_s:>8.2f} s {rest_s:>16.2f} s {share:>8.0%}")


def _loads(warehouse: Warehouse, count: int) -> list[tuple[float, float, float]]:
    """CPU seconds of each load: samples, copies, the rest."""
    told: list[tuple[float, float, float]] = []
    spent = [0.0, 0.0]

    def timed_samples(*asked: Any) -> Any:
        begun = time.process_time()
        found = text_samples(*asked)
        spent[0] = time.process_time() - begun
        return found

    def timed(session: Session, *asked: Any) -> LeadingTexts:
        begun = time.process_time()
        found = load_copies(session, *asked)
        spent[1] = time.process_time() - begun
        return found

    with patch("warehouse.load.load.load_copies", timed), patch.object(rules, "text_samples", timed_samples):
        for batch in batches(count, SIZE):
            begun = time.process_time()
            load_batch(warehouse, batch, rules, BEGIN)
            whole = time.process_time() - begun
            told.append((spent[0], spent[1] - spent[0], whole - spent[1]))
    return told


def _fill(warehouse: Warehouse, stored: int, a_day: int) -> None:
    """Samples dated before the articles of the batches, the oldest first."""
    chance = np.random.default_rng(1)
    oldest = BEGIN - timedelta(days=stored / a_day)
    for start in range(0, stored, FILL):
        number = min(FILL, stored - start)
        dates = [oldest + timedelta(days=(start + place) / a_day) for place in range(number)]
        arriving = _samples(chance, dates)

        def work(session: Session, arriving: pa.Table = arriving) -> None:
            session.bring(arriving)
            session.rows("insert_text_samples")

        warehouse.write("fill", work)


def _samples(chance: np.random.Generator, dates: Sequence[datetime]) -> pa.Table:
    """Random hashes below an eighth of all, where those of 500 groups are."""
    number = len(dates)
    grams = np.sort(chance.integers(0, 2**29, size=(number, 64), dtype=np.uint32), axis=1)
    ids = chance.bytes(16 * number)
    keys = pa.array([ids[place : place + 16] for place in range(0, len(ids), 16)], pa.binary(16))
    ends = pa.array(range(0, 64 * number + 1, 64), pa.int32())
    times = pa.array(dates, pa.timestamp("us", tz="UTC"))
    return pa.table(
        {
            "article_id": pa.ExtensionArray.from_storage(pa.uuid(), keys),
            "version": pa.array([1] * number, pa.int64()),
            "source": pa.array([f"outlet-{place % 50}" for place in range(number)]),
            "dated_at": times,
            "published_at": times,
            "published_precision": pa.array(["second"] * number),
            "fetched_at": times,
            "words": pa.array([500] * number, pa.int64()),
            "groups": pa.array([496] * number, pa.int64()),
            "grams": pa.ListArray.from_arrays(ends, pa.array(grams.ravel())),
            "loaded_at": times,
        }
    )


if __name__ == "__main__":
    main()
