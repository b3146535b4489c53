"""Renders a replay's differences (stored article against the one extracted now) as an HTML page and as lines."""

from schemas.runs.replay import Fate, ReplayDiff
from tasks.pure.reports.templates_env import page_template
from tasks.pure.text.escaping import safe_line

CHARS_SHOWN = 600
CHARS_BEFORE = 80
CHARS_ON_TERMINAL = 90


def render_page(diff: ReplayDiff, title: str) -> str:
    """One HTML file: no script, no request to any server, every text escaped."""
    return page_template("replay").render(
        diff=diff, title=title, total=sum(diff.fates.values()), share=_share, sides=_sides
    )


def render_lines(diff: ReplayDiff) -> list[str]:
    """The same for a terminal: counts, fields, and examples side by side."""
    total = sum(diff.fates.values())
    counts = ", ".join(f"{count:,} {fate.value}" for fate, count in diff.fates.items())
    lines = [f"{total:,} captures read again: {counts or 'none'}"]
    if diff.median_body_change is not None:
        lines.append(f"bodies that changed did so by {diff.median_body_change:.1%} of their words (median)")
    lines += [f"  {field}: changed in {count:,}" for field, count in diff.fields.items()]
    for each in diff.examples:
        lines.append(f"{each.fate.value}: {each.source}: {each.url}" + (f": {each.detail}" if each.detail else ""))
        for change in each.changes:
            lines += [
                f"    {change.field} was: {_cut(change.before)}",
                f"    {change.field} is: {_cut(change.after)}",
            ]
    if diff.is_promoted:
        lines.append("promoted: the changed articles are current now; former values stay as superseded versions")
    elif diff.fates.keys() & {Fate.CHANGED, Fate.GAINED}:
        lines.append("nothing was written; rerun with --promote to make the changed articles current")
    return [line[: len(line) - len(line.lstrip())] + safe_line(line) for line in lines]


def _share(diff: ReplayDiff, count: int) -> str:
    return f"{count / sum(diff.fates.values()):.1%}"


def _cut(text: str | None) -> str:
    if text is None:
        return "(none)"
    line = safe_line(text)
    return line if len(line) <= CHARS_ON_TERMINAL else line[:CHARS_ON_TERMINAL] + "…"


def _sides(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    """Both texts from `CHARS_BEFORE` before their first difference, `CHARS_SHOWN` at most; where either is
    missing, from the start."""
    if before is None or after is None:
        return (before or "")[:CHARS_SHOWN] or None, (after or "")[:CHARS_SHOWN] or None
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    start = max(0, same - CHARS_BEFORE)
    lead = "…" if start else ""
    return lead + before[start : start + CHARS_SHOWN], lead + after[start : start + CHARS_SHOWN]
