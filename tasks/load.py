"""Load: write a batch, its papers and its ledger rows into the warehouse, in one transaction."""

from schemas.article import Article
from schemas.batch import Batch, Loaded
from schemas.outcome import Stage
from tasks.kit import Kit
from warehouse.load import load_batch


def load(kit: Kit, batch: Batch[Article], is_read_anew: bool = False) -> Loaded:
    """What the load did. The same batch loaded again changes nothing. `is_read_anew`: the captures were
    loaded before, and are promoted as they were read now."""
    kit.progress.expect(Stage.LOAD, len(batch.kept))
    loaded = load_batch(kit.warehouse, batch, kit.at(), is_read_anew)
    kit.progress.advance(Stage.LOAD, len(batch.kept))
    return loaded
