"""Makes the id of a run."""

import secrets
from datetime import datetime


def new_run_id(now: datetime, kind: str = "") -> str:
    """`now` (UTC) to the second, `kind` where there is one, and six random hexadecimal digits: ids sort by the start
    of their runs, and runs that start in the same second differ."""
    return "-".join(part for part in (f"{now:%Y%m%dT%H%M%S}", kind, secrets.token_hex(3)) if part)
