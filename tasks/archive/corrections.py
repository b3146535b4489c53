"""The corrections as the archive keeps them: one file each, so that a rebuild from the archive obeys them."""

from collections.abc import Iterable

from schemas.history.correction import Correction
from tasks.archive.store import Archive

FOLDER = "corrections"


def keep(archive: Archive, corrections: Iterable[Correction]) -> None:
    """Write the files that the archive lacks, and those that say something else by now: a source was renamed."""
    there = archive.texts(FOLDER)
    for each in corrections:
        name, text = f"{each.name}.json", each.model_dump_json(exclude_none=True)
        if there.get(name) != text:
            archive.keep_text(f"{FOLDER}/{name}", text)


def drop_others(archive: Archive, corrections: Iterable[Correction]) -> None:
    """Delete the files of all corrections but these."""
    for name in archive.texts(FOLDER).keys() - {f"{each.name}.json" for each in corrections}:
        archive.drop(f"{FOLDER}/{name}")


def kept(archive: Archive) -> list[Correction]:
    """The corrections of the archive, in the order of their names."""
    return [Correction.model_validate_json(text) for _, text in sorted(archive.texts(FOLDER).items())]
