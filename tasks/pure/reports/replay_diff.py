"""Compares articles extracted again with the stored ones, and sums up the differences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from pydantic import BaseModel

from schemas.items.article import Article
from schemas.items.field_use import replay_fields
from schemas.items.outcome import Refusal
from schemas.items.unspaced_scripts import words_of
from schemas.runs.replay import Difference, Fate, FieldChange, Replayable, ReplayDiff

COMPARED = replay_fields(Article)
"""Fields compared, as `Article` declares them: without origin and without fields derived from others."""
EXAMPLES_A_FIELD = 3


def difference(before: Replayable, after: Article | Refusal) -> Difference:
    """The article that the capture gives now (or why it gives none) compared with the stored one."""
    link = before.capture.link
    if isinstance(after, Refusal):
        fate = Fate.LOST if before.stored else Fate.REFUSED
        detail = after.reason.value if after.detail is None else f"{after.reason.value}: {after.detail}"
        return Difference(source=link.source, url=link.url, fate=fate, detail=detail)
    if before.stored is None:
        return Difference(source=link.source, url=link.url, fate=Fate.GAINED, detail=after.title)
    stored = before.stored
    changed = [name for name in COMPARED if getattr(stored, name) != getattr(after, name)]
    return Difference(
        source=link.source,
        url=link.url,
        fate=Fate.CHANGED if changed else Fate.KEPT,
        changes=tuple(
            FieldChange(field=name, before=_text(getattr(stored, name)), after=_text(getattr(after, name)))
            for name in changed
        ),
        body_change=body_change(stored.body, after.body) if "body" in changed else None,
    )


def body_change(before: str, after: str) -> float:
    """Share of the words of both texts that only one text has, 0 to 1; the order of words does not count."""
    first, second = Counter(words_of(before)), Counter(words_of(after))
    total = first.total() + second.total()
    return ((first - second).total() + (second - first).total()) / total if total else 0.0


def summed_up(differences: Iterable[Difference], extractors: Sequence[str]) -> ReplayDiff:
    """Counts of all differences, and the first `EXAMPLES_A_FIELD` examples of each field, of lost and of gained
    articles."""
    fates: Counter[Fate] = Counter()
    fields: Counter[str] = Counter()
    body_changes: list[float] = []
    examples: list[Difference] = []
    for each in differences:
        shown = [change.field for change in each.changes if fields[change.field] < EXAMPLES_A_FIELD]
        is_first = each.fate in (Fate.LOST, Fate.GAINED) and fates[each.fate] < EXAMPLES_A_FIELD
        fates[each.fate] += 1
        fields.update(change.field for change in each.changes)
        if each.body_change is not None:
            body_changes.append(each.body_change)
        if shown or is_first:
            changes = tuple(change for change in each.changes if change.field in shown)
            examples.append(each.model_copy(update={"changes": changes}))
    return ReplayDiff(
        fates={fate: fates[fate] for fate in Fate if fates[fate]},
        fields=dict(sorted(fields.items(), key=lambda pair: (-pair[1], pair[0]))),
        median_body_change=median(body_changes) if body_changes else None,
        examples=tuple(examples),
        extractors=tuple(extractors),
    )


def _text(value: object) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return "; ".join(part.model_dump_json() if isinstance(part, BaseModel) else str(part) for part in value)
    return value.isoformat() if isinstance(value, datetime) else str(value)
