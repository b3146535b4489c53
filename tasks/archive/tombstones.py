"""The tombstones as the archive keeps them: one file a request, so that a rebuild from the archive obeys them."""

from collections.abc import Collection
from uuid import UUID

from schemas.runs.forget import TombstoneFile
from tasks.archive.store import Archive

FOLDER = "forgotten"


def keep(archive: Archive, file: TombstoneFile) -> None:
    """Write the file of the request; the same request again writes the same."""
    archive.keep_text(f"{FOLDER}/{file.request.forget_id}.json", file.model_dump_json())


def kept(archive: Archive, known: Collection[UUID] = ()) -> list[TombstoneFile]:
    """The requests and tombstones of the archive, oldest request first, without those of the `known` ids."""
    texts = archive.texts(FOLDER, {f"{forget_id}.json" for forget_id in known})
    found = [TombstoneFile.model_validate_json(text) for text in texts.values()]
    return sorted(found, key=lambda file: file.request.at)
