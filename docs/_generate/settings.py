"""The page of the settings, from their declaration."""

from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from docs._generate.markdown import code, page, prose, table
from schemas.settings import PREFIX, Settings

BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def settings_page() -> str:
    """One setting a row."""
    schema = Settings.model_json_schema()["properties"]
    rows = [
        (
            code(PREFIX + name.upper()),
            code(_shown(field.default)) or "empty",
            _allowed(field.metadata, schema[name]),
            prose(field.description or ""),
        )
        for name, field in Settings.model_fields.items()
    ]
    return page(
        "Settings",
        "Each is an environment variable, or a key of the [settings file](../how-to/settings-file.md): the same name "
        "in lower case without `NEWSDESK_`. The environment wins. `newsdesk settings` prints the values in force and "
        "where each comes from. An unknown `NEWSDESK_*` variable or key, or a value out of its bounds, ends every "
        "command with exit code 4, and the message names the nearest right word. The unit stands in the name (`_s` "
        "seconds, `_mb` MiB) and in the text. Lists are separated by commas; in the file they may be arrays.",
        table(("variable", "default", "allowed", "meaning"), rows),
        "Secrets of the warehouse and the archive are not among them: `PGPASSWORD` or `~/.pgpass`, and the `AWS_*` "
        "variables, see [many machines](../how-to/many-machines.md).",
    )


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return ""
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return value.as_posix() if isinstance(value, Path) else str(value.value if isinstance(value, Enum) else value)


def _allowed(metadata: list[Any], schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(map(code, schema["enum"]))
    bounds = [
        f"{word} {getattr(bound, name):g}"
        for bound in metadata
        for name, word in BOUNDS.items()
        if getattr(bound, name, None) is not None
    ]
    kind = {"integer": "whole number", "number": "number", "array": "list"}.get(schema.get("type", ""), "text")
    return ", ".join([kind, *bounds])
