"""Columns derived from types: the one mapping of annotations to DuckDB and Arrow types."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pyarrow as pa
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

from schemas.history.copies import Gram
from warehouse.database.names import column_name, field_name

SCALARS: dict[Any, tuple[str, pa.DataType]] = {
    str: ("VARCHAR", pa.string()),
    int: ("BIGINT", pa.int64()),
    float: ("DOUBLE", pa.float64()),
    bool: ("BOOLEAN", pa.bool_()),
    Gram: ("UINTEGER", pa.uint32()),
    UUID: ("UUID", pa.uuid()),
    datetime: ("TIMESTAMPTZ", pa.timestamp("us", tz="UTC")),
    AwareDatetime: ("TIMESTAMPTZ", pa.timestamp("us", tz="UTC")),
}
INSTEAD = (
    "declare a frozen pydantic model or a NamedTuple for values that have names (a STRUCT column), "
    "tuple[...] of one of these for several (a list), or str for JSON text whose keys are not known beforehand"
)
"""What to declare for a dict: a column has one type, and a dict has no fixed keys."""


class TableColumn(NamedTuple):
    """A column of a table. `type` is spelled as DDL takes it, not as DESCRIBE prints it."""

    name: str
    type: str
    arrow: pa.DataType
    is_nullable: bool
    comment: str


def columns(row: type[BaseModel]) -> tuple[TableColumn, ...]:
    """The columns of the table whose rows are of type `row`, in the order of its fields.

    A required field is NOT NULL; a field with `exclude` is no column. Raises `TypeError` for an
    annotation that no column type stands for: it names the field and what to declare instead.
    """
    return tuple(
        TableColumn(column_name(name), *_shape_of(row, name), not field.is_required(), _comment(field))
        for name, field in row.model_fields.items()
        if not field.exclude
    )


def _comment(field: FieldInfo) -> str:
    """The description, and the values where they are a closed set: `Values: a, b.`, for a field of a STRUCT with
    its name."""
    told = [f"Values{f' of {path}' if path else ''}: {', '.join(kind)}." for path, kind in _enums(field.annotation)]
    return " ".join([field.description or "", *told]).strip()


def _enums(annotation: Any, path: str = "") -> Iterator[tuple[str, type[StrEnum]]]:
    """The closed sets within an annotation, each with the names that lead to it within structs."""
    for part in get_args(annotation):
        yield from _enums(part, path)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield path, annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from _enums(field.annotation, f"{path}.{name}" if path else name)
    elif isinstance(annotation, type) and issubclass(annotation, tuple) and annotation is not tuple:
        for name, inside in get_type_hints(annotation).items():
            yield from _enums(inside, f"{path}.{name}" if path else name)


def arrow_rows(row: type[BaseModel], rows: Iterable[BaseModel]) -> pa.Table:
    """`rows` as an Arrow table with the columns of type `row`."""
    dumped = [one.model_dump() for one in rows]
    its = {
        column.name: pa.array([each.get(field_name(column.name)) for each in dumped], column.arrow)
        for column in columns(row)
    }
    return pa.table(its)


def _shape_of(row: type[BaseModel], name: str) -> tuple[str, pa.DataType]:
    try:
        return _shape(row.model_fields[name].annotation)
    except TypeError as error:
        raise TypeError(f"{error}, in the field {row.__name__}.{name}; {INSTEAD}") from error


def _shape(annotation: Any) -> tuple[str, pa.DataType]:
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(parts[0])
    if origin in (Union, UnionType):
        return _shape(_only([part for part in parts if part is not NoneType], annotation))
    if origin is tuple:
        name, arrow = _shape(_only([part for part in parts if part is not Ellipsis], annotation))
        return f"{name}[]", pa.list_(arrow)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return SCALARS[str]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _struct({name: field.annotation for name, field in annotation.model_fields.items()})
    if isinstance(annotation, type) and issubclass(annotation, tuple):
        return _struct(get_type_hints(annotation))
    raise TypeError(f"no column type stands for {annotation!r}")


def _struct(fields: Mapping[str, Any]) -> tuple[str, pa.DataType]:
    shapes = {name: _shape(annotation) for name, annotation in fields.items()}
    inside = ", ".join(f'"{name}" {shape[0]}' for name, shape in shapes.items())
    return f"STRUCT({inside})", pa.struct([pa.field(name, shape[1]) for name, shape in shapes.items()])


def _only(parts: list[Any], annotation: Any) -> Any:
    if len(parts) != 1:
        raise TypeError(f"no column type stands for {annotation!r}")
    return parts[0]
