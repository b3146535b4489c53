"""Writes a batch, its ledger and its outcomes into the warehouse, in one transaction, and lets readers see it."""

import logging
from datetime import timedelta
from typing import Protocol

from schemas.errors import NewsdeskError
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.outcome import Outcome, Stage
from schemas.runs.batch import Batch, Loaded
from schemas.runs.run import StageCount
from tasks.machine.log import tell
from tasks.pure.urls.normalise import canonical_form
from tasks.run.kit_parts import ProgressKit, RunKit, SettingsKit, WarehouseKit
from tasks.run.obey_tombstones import obey_articles
from warehouse.load.load import load_batch
from warehouse.reader.publish import publish_reader

REFRESHED_AFTER = timedelta(minutes=2)
"""Age at which a run that loads replaces the reader file before its end. Not after every batch: writing it takes
0.6 s at 100,000 articles and 1 s at a million (bench/README.md)."""


class LoadKit(ProgressKit, RunKit, SettingsKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def load(kit: LoadKit, batch: Batch[Article], *, is_read_anew: bool = False) -> Loaded:
    """Load the batch. The same batch loaded again changes nothing. `is_read_anew`: the captures were loaded before,
    and this extraction replaces the stored one. Afterwards the reader file is written if there is none yet, or if the
    run and the file are older than `REFRESHED_AFTER`."""
    from tasks.pure.history import (
        rules,  # Here: a run that finds nothing decides nothing, and it is 0.2 s of imports.
    )

    batch = obey_articles(kit, batch)
    kit.progress.expect(Stage.LOAD, len(batch.kept))
    loaded = load_batch(kit.warehouse, _spelt_out(batch), rules, kit.at(), is_read_anew)
    kit.progress.advance(Stage.LOAD, len(batch.kept))
    _refresh_reader(kit)
    return loaded


def load_found(kit: LoadKit, batch: Batch[Article]) -> Loaded:
    """As `load`, but nothing is written of a batch in which nothing was found: no feed of its sources was due, and no
    article. Every five minutes most are."""
    if batch.is_empty:
        none = StageCount(stage=Stage.LOAD, taken=0, kept=0, dropped=0, seconds=0.0)
        return Loaded(batch_id=batch.batch_id, run_id=batch.run_id, counts=(*batch.counts, none))
    return load(kit, batch)


def _refresh_reader(kit: LoadKit) -> None:
    """Write the reader file where it is due. A failure ends no step: the rows are loaded, and the end of the run
    writes the file again and raises what is wrong."""
    path = kit.settings.reader_path
    due_before = kit.at() - REFRESHED_AFTER
    if path.exists() and kit.now > due_before:
        return
    try:
        publish_reader(kit.warehouse, path, written_before=due_before)
    except NewsdeskError as error:
        tell(logging.WARNING, "reader file not refreshed", run_id=kit.run_id, error=str(error))


def _spelt_out(batch: Batch[Article]) -> Batch[Article]:
    """The batch with the canonical form of each URL that differs from it: later look-ups find the URL by that
    form."""
    captures = tuple(map(_capture, batch.ledger.captures))
    ledger = batch.ledger.model_copy(update={"captures": captures})
    return batch.model_copy(update={"ledger": ledger, "dropped": tuple(map(_outcome, batch.dropped))})


def _capture(capture: Capture) -> Capture:
    form = canonical_form(capture.url)
    link = capture.link.model_copy(update={"canonical_form": form}) if form else capture.link
    return capture.model_copy(update={"link": link}) if form else capture


def _outcome(outcome: Outcome) -> Outcome:
    form = canonical_form(outcome.url)
    return outcome.model_copy(update={"canonical_form": form}) if form else outcome
