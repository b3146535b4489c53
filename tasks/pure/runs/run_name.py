"""The name of a run in Prefect: what ran, in a few words."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from tasks.pure.text.escaping import safe_line

NAMED_AT_MOST = 3
CHARS_AT_MOST = 120


def run_name(flow: str, parameters: Mapping[str, object]) -> str:
    """The flow, and those of its parameters that say what it runs over: `ingest talblick`, `replay since 2026-11-01,
    promoted`. A flow without them is its name alone."""
    words = [flow]
    if origin := parameters.get("ground"):
        words.append(f"from {origin}")
    if isinstance(sources := parameters.get("sources"), Sequence) and sources:
        words.append(_listed(sources))
    if isinstance(inputs := parameters.get("inputs"), Sequence) and inputs:
        words.append(_listed([str(each).rpartition("/")[2] for each in inputs]))
    for bound in ("since", "until"):
        if parameters.get(bound) is not None:
            words.append(f"{bound} {_day(parameters[bound])}")
    marks = [mark for name, mark in MARKS.items() if parameters.get(name)]
    return safe_line(", ".join([" ".join(words), *marks]))[:CHARS_AT_MOST]


MARKS = {"poll_all": "all feeds", "promote": "promoted", "full": "large files", "dry_run": "dry run"}
"""Parameters that are true or false, and what the name says if they are true."""


def _listed(names: Sequence[object]) -> str:
    shown = " ".join(map(str, names[:NAMED_AT_MOST]))
    return f"{shown} and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else shown


def _day(at: object) -> str:
    """A day where the instant begins it, otherwise the instant to the minute (UTC)."""
    if not isinstance(at, datetime):
        return str(at)
    return f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d %H:%M}"
