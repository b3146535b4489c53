"""The name of a run in Prefect: what ran, in a few words."""

from collections.abc import Mapping, Sequence

from tasks.pure.text.escaping import safe_line

NAMED_AT_MOST = 3
CHARS_AT_MOST = 120


def run_name(flow: str, parameters: Mapping[str, object]) -> str:
    """The flow, and those of its parameters that say what it runs over: `ingest talblick`, `replay since 2026-11-01,
    promoted`. A flow without them is its name alone."""
    words = [flow]
    if origin := parameters.get("from_"):
        words.append(f"from {origin}")
    if isinstance(sources := parameters.get("sources"), Sequence) and sources:
        words.append(_listed(sources))
    if isinstance(inputs := parameters.get("files"), Sequence) and inputs:
        words.append(_listed([str(each).rpartition("/")[2] for each in inputs]))
    for bound in ("since", "until"):
        if parameters.get(bound) is not None:
            words.append(f"{bound} {parameters[bound]}")
    marks = [mark for name, mark in MARKS.items() if parameters.get(name)]
    return safe_line(", ".join([" ".join(words), *marks]))[:CHARS_AT_MOST]


MARKS = {
    "now": "all feeds",
    "promote": "promoted",
    "full": "large files",
    "dry_run": "dry run",
    "any_host": "any host",
}
"""Parameters that are true or false, and what the name says if they are true."""


def _listed(names: Sequence[object]) -> str:
    shown = " ".join(map(str, names[:NAMED_AT_MOST]))
    return f"{shown} and {len(names) - NAMED_AT_MOST} more" if len(names) > NAMED_AT_MOST else shown
