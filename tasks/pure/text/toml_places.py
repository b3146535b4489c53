"""Reads the TOML that people write, and tells at which line something stands."""

import re
import tomllib
from typing import Any

from schemas.errors import SettingsError

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse_toml(toml: str, where: str) -> dict[str, Any]:
    """The tables of a text, a byte order mark before it skipped. Raises `SettingsError` that names `where`, the line
    and the fault."""
    try:
        return tomllib.loads(toml.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        number, fault = toml_fault(error, toml)
        raise SettingsError(f"{where}:{number}: the file is no TOML: {fault}") from error


def toml_fault(error: tomllib.TOMLDecodeError, toml: str) -> tuple[int, str]:
    """The 1-based line of a fault, and the fault itself: Python's message has its line at the end."""
    said = str(error)
    place = _PLACE.search(said)
    number = int(place[1]) if place and place[1] else len(toml.splitlines()) or 1
    return number, said[: place.start()] if place else said


def line_of(toml: str, path: tuple[str, ...]) -> int:
    """1-based line of a key, else of the header of its table, else 1."""
    keys = [part for part in path if not part.isdigit()]
    table, key, found, inside = ".".join(keys[:-1]), keys[-1] if keys else "", 1, len(keys) == 1
    for number, line in enumerate(toml.removeprefix("\ufeff").splitlines(), start=1):
        if header := re.match(r"\s*\[+([^\]]+)\]", line):
            name = ".".join(part.strip().strip("\"'") for part in header[1].split("."))
            if name == ".".join(keys):
                return number
            inside = name == table
            found = number if inside else found
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return found
