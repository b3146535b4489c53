"""Columns of types: an object with named fields is a STRUCT; a dict is refused with what to declare instead."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel, create_model

from warehouse.database.columns import arrow_rows, columns


class Place(BaseModel):
    name: str
    latitude: float | None = None


class Pair(NamedTuple):
    key: str
    value: str


@pytest.mark.parametrize(
    ("annotation", "kind"),
    [
        (Place | None, 'STRUCT("name" VARCHAR, "latitude" DOUBLE)'),
        (tuple[Pair, ...], 'STRUCT("key" VARCHAR, "value" VARCHAR)[]'),
    ],
)
def test_an_object_with_named_fields_is_a_struct(annotation: Any, kind: str) -> None:
    (column,) = columns(create_model("Row", extra=(annotation, None)))

    assert (column.type, column.is_nullable) == (kind, True)


def test_an_object_that_is_not_given_is_null() -> None:
    row = create_model("Row", place=(Place | None, None))

    written = arrow_rows(row, [row(), row(place=Place(name="Harbour"))])
    assert written.to_pylist() == [{"place": None}, {"place": {"name": "Harbour", "latitude": None}}]


@pytest.mark.parametrize("annotation", [dict[str, str], dict[str, Any] | None, Mapping[str, int], dict])
def test_a_dict_is_refused_with_what_to_declare_instead(annotation: Any) -> None:
    row = create_model("Row", extra=(annotation, None))

    with pytest.raises(TypeError, match=r"in the field Row\.extra; declare .* or str for JSON text"):
        columns(row)
