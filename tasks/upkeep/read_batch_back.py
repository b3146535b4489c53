"""Reads the captures of one past batch back from the archive, without the network."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import NamedTuple, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.items.capture import Capture, end_of_capture
from schemas.items.link import UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage
from schemas.runs.batch import Batch, BatchLedger
from tasks.archive.read import StoredCapture, read_back, run_of
from tasks.archive.store import Archive
from tasks.pure.polling.revisits import forms_of
from tasks.run.kit_parts import ArchiveKit, RunKit, WarehouseKit
from warehouse.lookups.backfill_plans import known_captures
from warehouse.lookups.known_urls import known_urls


class ReadBackKit(ArchiveKit, RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


class Part(NamedTuple):
    """The segments of one batch of one run."""

    run_id: str
    batch: str
    names: tuple[str, ...]
    repaired_by: str = ""

    @property
    def batch_id(self) -> UUID:
        """The id of the batch that loads the part again; another one for each run that repairs it."""
        return uuid5(
            NAMESPACE_URL, f"newsdesk:rebuild:{self.run_id}:{self.batch}{self.repaired_by and ':'}{self.repaired_by}"
        )

    def again(self, run_id: str) -> "Part":
        """The part as the run `run_id` repairs it: only captures that the warehouse lacks are loaded."""
        return self._replace(repaired_by=run_id)


def parts_of(archive: Archive) -> list[Part]:
    """The archive's batches, oldest run first."""
    ordered = sorted(archive.names(), key=lambda name: (*run_of(name), name))
    return [Part(*key, tuple(its)) for key, its in groupby(ordered, run_of)]


def read_batch_back(kit: ReadBackKit, part: Part, renamed: Mapping[str, str] | None = None) -> Batch[Capture]:
    """The captured pages of the part. `renamed`: the slug that a source has today, by its earlier slugs. Captures
    that were no page become outcomes with the reason of that time. Damaged records are left out (`archive check`
    reports them), and in a repair also captures that the warehouse knows."""
    with kit.archive.opened(*part.names) as folder:
        found = [
            _of_today(each, renamed or {})
            for name in part.names
            for each in read_back(folder / name, name)
            if isinstance(each, StoredCapture)
        ]
    if part.repaired_by:
        known = known_captures(kit.warehouse, {each.capture.capture_id for each in found})
        found = [each for each in found if each.capture.capture_id not in known]
    pages = [each for each in found if each.capture.kind is UrlKind.ARTICLE]
    return Batch(
        batch_id=part.batch_id,
        run_id=part.run_id,
        kept=tuple(each.capture for each in pages if each.note.reason is Reason.OK),
        dropped=tuple(_ended(kit, part, [each for each in pages if each.note.reason is not Reason.OK])),
        ledger=BatchLedger(captures=tuple(each.capture for each in found)),
    )


def _of_today(stored: StoredCapture, renamed: Mapping[str, str]) -> StoredCapture:
    slug = renamed.get(stored.capture.link.source)
    if slug is None:
        return stored
    link = stored.capture.link.model_copy(update={"source": slug})
    return stored._replace(capture=stored.capture.model_copy(update={"link": link}))


def _ended(kit: ReadBackKit, part: Part, pages: list[StoredCapture]) -> Iterator[Outcome]:
    known = known_urls(kit.warehouse, forms_of(each.capture.link for each in pages))
    for each in pages:
        refusal = Refusal(reason=each.note.reason, detail=each.note.detail)
        outcome = end_of_capture(each.capture, part.run_id, Stage.FETCH, refusal, kit.at())
        met = known[each.capture.link.source].get(each.capture.url)
        yield outcome.model_copy(update={"article_id": met.article_id, "version": met.version} if met else {})
