"""Makes the row of a part from what examines it, whatever that raises."""

from collections.abc import Callable

from schemas.errors import NewsdeskError
from schemas.runs.doctor import ExaminedPart, PartState
from tasks.pure.text.escaping import safe_line


def fine(part: str, message: str) -> ExaminedPart:
    """A part that needs nothing."""
    return ExaminedPart(part=part, state=PartState.OK, message=safe_line(message))


def warning(part: str, message: str, fix: str) -> ExaminedPart:
    """A part about which somebody must do something within days."""
    return ExaminedPart(part=part, state=PartState.WARNING, message=safe_line(message), fix=fix)


def wrong(part: str, message: str, fix: str) -> ExaminedPart:
    """A part that keeps runs from working."""
    return ExaminedPart(part=part, state=PartState.ERROR, message=safe_line(message), fix=fix)


def not_checked(part: str, why: str) -> ExaminedPart:
    """A part that cannot be examined for now."""
    return ExaminedPart(part=part, state=PartState.NOT_CHECKED, message=safe_line(why))


def examined(part: str, examine: Callable[[], ExaminedPart], fix: str) -> ExaminedPart:
    """What `examine` says; where it raises our error or one of the machine, the part is wrong, and `fix` says what to
    do about it."""
    try:
        return examine()
    except NewsdeskError as error:
        return wrong(part, str(error), fix)
    except OSError as error:
        return wrong(part, f"{error.strerror or error}: {str(error.filename)!r}", fix)
