"""What the lists of an article's fields are made from: a mark in the declaration of each field."""

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Use:
    """In which lists a field stands, besides the table. A field without a mark stands in all of them.

    `in_changes`: another value is named in `changed_fields`, and makes a version when a capture is read again.
    `in_replays`: `newsdesk replay` shows the old and the new value.
    `in_gaps`: the quality page counts the articles where the field is empty; only for fields that may be.
    """

    in_changes: bool = True
    in_replays: bool = True
    in_gaps: bool = True


ORIGIN = Use(in_changes=False, in_replays=False, in_gaps=False)
"""Says where the article or a value of it comes from, or follows from other fields."""
PARTICULARS = Use(in_changes=False, in_gaps=False)
"""Says more about another field or about the page: a replay shows it, but it is no change of the article."""


def change_fields(row: type[BaseModel]) -> tuple[str, ...]:
    """Fields whose differences are changes of the article, in the order of declaration."""
    return tuple(name for name in row.model_fields if _use(row, name).in_changes)


def replay_fields(row: type[BaseModel]) -> tuple[str, ...]:
    """Fields that a replay compares, in the order of declaration."""
    return tuple(name for name in row.model_fields if _use(row, name).in_replays)


def gap_fields(row: type[BaseModel]) -> tuple[str, ...]:
    """Fields that may be empty and are counted where they are, in the order of declaration."""
    return tuple(
        name for name, field in row.model_fields.items() if not field.is_required() and _use(row, name).in_gaps
    )


def _use(row: type[BaseModel], name: str) -> Use:
    marks = [mark for mark in row.model_fields[name].metadata if isinstance(mark, Use)]
    return marks[-1] if marks else Use()
