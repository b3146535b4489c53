"""A use that a publisher reserves, and what says so."""

from pydantic import BaseModel, ConfigDict


class Reservation(BaseModel):
    """`policy` is one of `schemas.settings.POLICIES`; `evidence` the file, with the line or rule that says so."""

    model_config = ConfigDict(frozen=True)

    policy: str
    evidence: str
