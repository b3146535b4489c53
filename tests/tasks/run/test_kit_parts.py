"""A step's kit type lists the equipment that the step uses, and nothing else."""

import ast
from pathlib import Path

import pytest

from tasks.run import kit_parts
from tests.support.repository import ROOT

STEPS = sorted(
    path
    for room in ("ingest", "backfill", "sources", "upkeep")
    for path in (ROOT / "tasks" / room).glob("*.py")
    if "kit_parts" in path.read_text(encoding="utf-8")
)


def parts_named(tree: ast.Module) -> set[str]:
    """The parts that a step's file imports."""
    imports = (
        node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "tasks.run.kit_parts"
    )
    return {alias.name for node in imports for alias in node.names}


def used(tree: ast.Module) -> set[str]:
    """The attributes that a step's file reads of its kit, and those of the parts that a function needs to which it
    hands its kit."""
    reads = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    own = {node.attr for node in reads if isinstance(node.value, ast.Name) and node.value.id == "kit"}
    return own.union(*(members(part) for path in lent_to(tree) for part in parts_named(parsed(path))))


def lent_to(tree: ast.Module) -> set[Path]:
    """The files of ours from which a step's file imports a function that it calls with its kit."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    called = {
        call.func.id
        for call in calls
        if isinstance(call.func, ast.Name)
        and any(isinstance(value, ast.Name) and value.id == "kit" for value in call.args)
    }
    imports = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module)
    homes = {str(node.module) for node in imports if called & {alias.name for alias in node.names}}
    return {ROOT / f"{home.replace('.', '/')}.py" for home in homes if home.startswith("tasks.")}


def parsed(path: Path) -> ast.Module:
    """The file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def members(part: str) -> set[str]:
    """What a part consists of."""
    return {name for name in vars(getattr(kit_parts, part)) if not name.startswith("_")}


@pytest.mark.parametrize("path", STEPS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_step_uses_every_part_that_its_kit_type_lists(path: Path) -> None:
    tree = parsed(path)

    assert [part for part in sorted(parts_named(tree)) if not members(part) & used(tree)] == []


def test_no_step_asks_for_the_whole_kit() -> None:
    rooms = ("ingest", "backfill", "sources", "upkeep")
    files = [path for room in rooms for path in (ROOT / "tasks" / room).glob("*.py")]

    assert [path.name for path in files if "tasks.run.kit import" in path.read_text(encoding="utf-8")] == []


def test_the_parts_are_used_by_steps() -> None:
    named = {part for path in STEPS for part in parts_named(parsed(path))}

    assert named == {name for name in vars(kit_parts) if name.endswith("Kit")}
