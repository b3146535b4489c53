"""What people said against decisions of the rules: read for the archive, and written again where it is missing."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from schemas.history.correction import Correction
from schemas.history.identity import Identity
from schemas.history.stories import StorySeparation
from warehouse.database.connection import Session, Warehouse
from warehouse.load.stories import insert


def corrections(warehouse: Warehouse) -> list[Correction]:
    """All that were said, identities before stories."""
    return warehouse.look(_stored, "reading corrections")


def write_corrections(warehouse: Warehouse, found: Iterable[Correction]) -> None:
    """Write those that the tables lack. Loads obey them, whether the pages were met before or not."""
    wanted = list(found)
    if not any(_missing(wanted, corrections(warehouse))):
        return

    def work(session: Session) -> None:
        identities, separations = _missing(wanted, _stored(session))
        insert(session, "insert_identities", Identity, identities)
        insert(session, "insert_story_separations", StorySeparation, separations)

    warehouse.write("corrections", work, "writing corrections")


def _missing(
    wanted: Sequence[Correction], stored: Sequence[Correction]
) -> tuple[list[Identity], list[StorySeparation]]:
    pages = {each.identity.page_id for each in stored if each.identity}
    parted = {(one.article_id, one.other_article_id) for each in stored for one in each.separations}
    return (
        [each.identity for each in wanted if each.identity and each.identity.page_id not in pages],
        [one for each in wanted for one in each.separations if (one.article_id, one.other_article_id) not in parted],
    )


def _stored(session: Session) -> list[Correction]:
    identities = session.models("select_corrected_identities", Identity)
    separations = session.models("select_story_separations", StorySeparation)
    return [
        *(Correction(identity=each) for each in identities),
        *(Correction(separations=tuple(its)) for _, its in groupby(separations, lambda one: one.article_id)),
    ]
