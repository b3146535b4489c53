"""Load: write a batch, its papers and its ledger rows into the warehouse, in one transaction."""

from schemas.article import Article
from schemas.batch import Batch, Loaded
from schemas.outcome import Stage
from tasks.kit import Kit
from warehouse.load import load_batch


def load(kit: Kit, batch: Batch[Article]) -> Loaded:
    """What the load did. The same batch loaded again changes nothing."""
    kit.progress.expect(Stage.LOAD, len(batch.kept))
    loaded = load_batch(kit.warehouse, batch, kit.at())
    kit.progress.advance(Stage.LOAD, len(batch.kept))
    return loaded
