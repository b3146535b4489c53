"""Finds the articles of a group of sources that are due for another look, whatever their feeds list."""

import time
from typing import Protocol

from schemas.items.link import Link
from schemas.items.outcome import Stage
from schemas.runs.batch import Batch
from schemas.runs.run import StageCount
from tasks.pure.polling.revisits import newest_first, rules_at
from tasks.run.groups import Group
from tasks.run.kit_parts import HotKit, RunKit, WarehouseKit
from warehouse.lookups.known_urls import revisits


class RevisitKit(HotKit, RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def revisit(kit: RevisitKit, group: Group) -> Batch[Link]:
    """Their links, newest first within a source. Sources whose articles another run revisits now are skipped."""
    started = time.monotonic()
    mine = kit.hot.take_sources(kit.run_id, "revisit", [source.slug for source in group.sources])
    due = revisits(kit.warehouse, mine, rules_at(kit.now)) if mine else {}
    links = tuple(link for found in due.values() for link in newest_first([each.link for each in found]))
    count = StageCount(
        stage=Stage.DISCOVER, taken=len(links), kept=len(links), dropped=0, seconds=time.monotonic() - started
    )
    return Batch(batch_id=group.batch_id, run_id=kit.run_id, kept=links, counts=(count,))
