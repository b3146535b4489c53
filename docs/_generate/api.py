"""The API pages: one a room, each module of the room in turn; mkdocstrings fills them from the docstrings."""

from collections.abc import Mapping
from pathlib import Path

from docs._generate.markdown import page

ROOT = Path(__file__).parents[2]
ROOMS: Mapping[str, str] = {
    "schemas": "types, settings and errors",
    "tasks/pure": "the rules: what the pipeline knows, without network, disk or clock",
    "tasks": "the steps, and the equipment they use",
    "warehouse": "everything that speaks SQL",
    "flows": "what runs",
}
"""Packages whose folders are rooms, in the order in which a reader meets them."""


def api_pages() -> dict[str, str]:
    """The pages by file name below docs/reference, and their index."""
    rooms = {room: modules for package in ROOMS for room, modules in _rooms(package).items()}
    pages = {_file(room): _page(room, modules) for room, modules in rooms.items()}
    return pages | {"api.md": _index(rooms)}


def _rooms(package: str) -> dict[str, list[str]]:
    """The modules of each room of a package, by the room's folder, both in the order of their names."""
    folders = [ROOT / package, *(folder for folder in sorted((ROOT / package).iterdir()) if folder.is_dir())]
    found = {folder.relative_to(ROOT).as_posix(): _modules(folder) for folder in folders}
    return {room: modules for room, modules in found.items() if modules and (room == package or room not in ROOMS)}


def _modules(folder: Path) -> list[str]:
    files = sorted(file for file in folder.glob("*.py") if not file.name.startswith("_"))
    return [file.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for file in files]


def _page(room: str, modules: list[str]) -> str:
    return page(
        f"`{room}/`",
        f"::: {room.replace('/', '.')}\n    options:\n      members: false",
        *(f"::: {module}" for module in modules),
    )


def _index(rooms: Mapping[str, list[str]]) -> str:
    lines = []
    for package, text in ROOMS.items():
        lines += [f"## `{package}/`", f"{text[0].upper()}{text[1:]}."]
        own = [room for room in rooms if _package(room) == package]
        lines.append("\n".join(f"- [`{room}/`]({_file(room)}): {_names(rooms[room])}" for room in own))
    return page(
        "API",
        "The public names of every module, from their docstrings. Nothing of it is promised to stay: the "
        "commands, the tables and the settings are.",
        *lines,
    )


def _package(room: str) -> str:
    return max((package for package in ROOMS if f"{room}/".startswith(f"{package}/")), key=len)


def _names(modules: list[str]) -> str:
    return ", ".join(f"`{module.rpartition('.')[2]}`" for module in modules)


def _file(room: str) -> str:
    return f"api/{room.replace('/', '-')}.md"
