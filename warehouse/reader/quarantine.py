"""Records in quarantine and what became of them, from the reader file."""

from collections import defaultdict
from pathlib import Path

from schemas.errors import UsageError, nearest
from schemas.runs.quarantine import QuarantineFilter, QuarantineRecord
from warehouse.database.session import Session
from warehouse.reader.file import Reader

DIGITS_AT_LEAST = 8


def quarantined(reader_path: Path, wanted: QuarantineFilter) -> tuple[QuarantineRecord, ...]:
    """The records that fit the filter, latest first; where it has names, those in any state. Raises `UsageError`,
    with the nearest, for a source, rule or run that no record has, and for a name that fits none."""
    with Reader(reader_path) as session:
        _check_words(session, wanted)
        values = wanted.model_dump(exclude={"names"}) | ({"state": None} if wanted.names else {})
        found = session.models("select_quarantine", QuarantineRecord, **values)
    if not wanted.names:
        return tuple(found)
    for name in wanted.names:
        if not any(_fits(record, name) for record in found):
            near = nearest(name, [*(each.url for each in found), *(str(each.capture_id) for each in found)])
            raise UsageError(f"no record in quarantine is named {name!r}; {near}")
    return tuple(record for record in found if any(_fits(record, name) for name in wanted.names))


def _check_words(session: Session, wanted: QuarantineFilter) -> None:
    known: dict[str, list[str]] = defaultdict(list)
    for kind, word in session.rows("select_quarantine_words"):
        known[kind].append(word)
    for kind, word in (("source", wanted.source), ("rule", wanted.rule), ("run", wanted.run_id)):
        if word is not None and word not in known[kind]:
            raise UsageError(f"no record in quarantine has the {kind} {word!r}; {nearest(word, known[kind])}")


def _fits(record: QuarantineRecord, name: str) -> bool:
    digits = name.replace("-", "").lower()
    return name == record.url or (len(digits) >= DIGITS_AT_LEAST and record.capture_id.hex.startswith(digits))
