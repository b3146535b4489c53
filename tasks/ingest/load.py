"""Writes a batch, its ledger and its outcomes into the warehouse, in one transaction."""

from typing import Protocol

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.outcome import Outcome, Stage
from schemas.runs.batch import Batch, Loaded
from tasks.pure.history import rules
from tasks.pure.urls.normalise import canonical_form
from tasks.run.kit_parts import ProgressKit, RunKit, WarehouseKit
from warehouse.load.load import load_batch


class LoadKit(ProgressKit, RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def load(kit: LoadKit, batch: Batch[Article], *, is_read_anew: bool = False) -> Loaded:
    """Load the batch. The same batch loaded again changes nothing. `is_read_anew`: the captures were loaded before,
    and this extraction replaces the stored one."""
    kit.progress.expect(Stage.LOAD, len(batch.kept))
    loaded = load_batch(kit.warehouse, _spelt_out(batch), rules, kit.at(), is_read_anew)
    kit.progress.advance(Stage.LOAD, len(batch.kept))
    return loaded


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
