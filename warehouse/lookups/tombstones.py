"""Looks up which URLs and sources a person had forgotten, for every step that would take them up."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import pyarrow as pa

from schemas.runs.forget import KEEP_DAYS, ForgetRequest, ForgetWhat, hash_of
from warehouse.database.connection import Session, Warehouse


class Forbidden(NamedTuple):
    """What is not taken up: (source, hash) with the request that it is of, sources, and what was fetched before an
    instant (UTC), of one source or of all (None)."""

    hashes: Mapping[tuple[str, str], UUID]
    sources: frozenset[str]
    periods: tuple[tuple[str | None, datetime], ...]

    @property
    def is_empty(self) -> bool:
        """Whether everything may be taken up."""
        return not (self.hashes or self.sources or self.periods)

    def why(self, source: str, forms: Collection[str]) -> str | None:
        """Why a page of the source with one of these canonical forms is left alone; None: it is not."""
        if source in self.sources:
            return "its source was forgotten"
        return "it was forgotten" if any((source, hash_of(form)) in self.hashes for form in forms) else None


class Resting(NamedTuple):
    """The sources that were forgotten, which are not polled; and whether anything ever was forgotten."""

    sources: frozenset[str]
    is_obeying: bool


def resting(warehouse: Warehouse) -> Resting:
    """One look-up for a run: most homes have forgotten nothing, and need look up nothing more."""

    def work(session: Session) -> list[ForgetRequest]:
        return session.models("select_forget_requests", ForgetRequest)

    found = warehouse.look(work, "reading requests")
    sources = frozenset(each.source for each in found if each.what is ForgetWhat.SOURCE and each.source)
    return Resting(sources, bool(found))


def forbidden(warehouse: Warehouse, wanted: Collection[tuple[str, str]]) -> Forbidden:
    """Which of these (source, hash of a URL) have a tombstone, and all sources and periods that were forgotten. The
    retention of a source forbids no period: what is older is taken up, and goes with the next maintenance."""

    def work(session: Session) -> Forbidden:
        requests = session.models("select_forget_requests", ForgetRequest)
        if not requests:
            return Forbidden({}, frozenset(), ())
        pairs = sorted(set(wanted))
        session.bring(
            pa.table(
                {
                    "source": pa.array([source for source, _ in pairs], pa.string()),
                    "url_hash": pa.array([each for _, each in pairs], pa.string()),
                }
            )
        )
        met = {
            (str(source), str(each)): forget_id for source, each, forget_id in session.rows("select_met_tombstones")
        }
        sources = frozenset(each.source for each in requests if each.what is ForgetWhat.SOURCE and each.source)
        periods = tuple((each.source, each.before) for each in requests if each.before and each.asked_by != KEEP_DAYS)
        return Forbidden(met, sources, periods)

    return warehouse.look(work, "looking up tombstones") if wanted else Forbidden({}, frozenset(), ())
