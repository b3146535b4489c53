"""Compares the tables of a warehouse with their row types, and gives the DDL that makes them agree."""

from collections.abc import Iterable
from typing import NamedTuple

from schemas.errors import NewsdeskError
from warehouse.database.address import quoted
from warehouse.database.columns import TableColumn, columns
from warehouse.database.connection import Session
from warehouse.tables.tables import Table


class Change(NamedTuple):
    """DDL, and the name of the table or column that it changes; `is_column`: it adds a column."""

    name: str
    sql: str
    is_column: bool = False


class DescribedColumn(NamedTuple):
    """A column in the warehouse; `type` is spelled as DESCRIBE prints it."""

    type: str
    is_nullable: bool
    comment: str


def differences(session: Session, tables: Iterable[Table]) -> list[Change]:
    """Columns to add and comments to set; [] where tables and types agree.

    Raises `NewsdeskError` if a migration is needed: a column has another type, a NOT NULL column became optional,
    or a new required field belongs to a table with rows.
    """
    found: dict[str, dict[str, DescribedColumn]] = {}
    for table, column, kind, is_nullable, comment in session.rows("select_columns"):
        found.setdefault(table, {})[column] = DescribedColumn(kind, is_nullable, comment)
    comments = dict(session.rows("select_tables"))
    changes: list[Change] = []
    for table in tables:
        if comments[table.full_name] != table.comment:
            sql = f"COMMENT ON TABLE {table.full_name} IS {quoted(table.comment)}"
            changes.append(Change(f"{table.full_name} (comments)", sql))
        changes += _of_columns(session, table, found[table.full_name])
    return changes


def described(session: Session, wanted: tuple[TableColumn, ...]) -> dict[str, str]:
    """The columns' types as DESCRIBE prints them."""
    casts = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}" for column in wanted)
    return {row[0]: row[1] for row in session.script(f"DESCRIBE SELECT {casts}")}


def _of_columns(session: Session, table: Table, found: dict[str, DescribedColumn]) -> list[Change]:
    wanted = columns(table.row)
    types = described(session, wanted)
    changes = []
    for column in wanted:
        name = f"{table.full_name}.{column.name}"
        comment = f"COMMENT ON COLUMN {name} IS {quoted(column.comment)}"
        if column.name not in found:
            changes.append(Change(name, f"{_addition(table, column)};\n{comment}", is_column=True))
            continue
        _check(name, found[column.name], types[column.name], column.is_nullable)
        if found[column.name].comment != column.comment:
            changes.append(Change(f"{table.full_name} (comments)", comment))
    for name in found.keys() - types.keys():
        _check(f"{table.full_name}.{name}", found[name], found[name].type, is_nullable=True)
    return changes


def _addition(table: Table, column: TableColumn) -> str:
    if not column.is_nullable:
        raise NewsdeskError(f"the field for {table.full_name}.{column.name} needs a default: older rows lack it")
    return f"ALTER TABLE {table.full_name} ADD COLUMN IF NOT EXISTS {column.name} {column.type}"


def _check(name: str, found: DescribedColumn, kind: str, is_nullable: bool) -> None:
    if found.type != kind:
        raise NewsdeskError(f"{name} is {found.type}, its type says {kind}: add a migration")
    if is_nullable and not found.is_nullable:
        raise NewsdeskError(f"{name} must be filled, its type leaves it open: add a migration")
