"""Names of columns: a field's own, but for one."""


def column_name(field: str) -> str:
    """The column of a field: `at` is a keyword of DuckDB, so its column is `at_utc`."""
    return "at_utc" if field == "at" else field


def field_name(column: str) -> str:
    """The field of a column."""
    return "at" if column == "at_utc" else column
