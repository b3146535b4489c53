"""What `newsdesk doctor` found: one row for each part of an installation that it examined."""

from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict


class PartState(StrEnum):
    """`ERROR`: runs cannot work, or rows are in danger. `WARNING`: somebody must act within days. `NOT_CHECKED`: it
    cannot be examined for now."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    NOT_CHECKED = "not checked"


class ExaminedPart(BaseModel):
    """One part of an installation. `message` says what is so, `fix` what to do; None: nothing."""

    model_config = ConfigDict(frozen=True)

    part: str
    state: PartState
    message: str
    fix: str | None = None


class Examination(BaseModel):
    """All parts, in the order in which they depend on each other."""

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    parts: tuple[ExaminedPart, ...]

    def has(self, state: PartState) -> bool:
        """Whether a part is in this state."""
        return any(part.state is state for part in self.parts)
