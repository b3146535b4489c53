"""A fault of the folder of source files: a file that is wrong, or that is not read."""

from pydantic import BaseModel, ConfigDict


class SourceFault(BaseModel):
    """One file. `slug` is its name without `.toml` (None: it has another ending); `message` names file, line and what
    to write instead, one line for each fault. `is_ignored`: files of its ending are not read, so nothing in it was
    looked at."""

    model_config = ConfigDict(frozen=True)

    slug: str | None = None
    message: str
    is_ignored: bool = False
