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
    """The attributes that a step's file reads of its kit."""
    reads = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    return {node.attr for node in reads if isinstance(node.value, ast.Name) and node.value.id == "kit"}


def members(part: str) -> set[str]:
    """What a part consists of."""
    return {name for name in vars(getattr(kit_parts, part)) if not name.startswith("_")}


@pytest.mark.parametrize("path", STEPS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_step_uses_every_part_that_its_kit_type_lists(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert [part for part in sorted(parts_named(tree)) if not members(part) & used(tree)] == []


def test_no_step_asks_for_the_whole_kit() -> None:
    rooms = ("ingest", "backfill", "sources", "upkeep")
    files = [path for room in rooms for path in (ROOT / "tasks" / room).glob("*.py")]

    assert [path.name for path in files if "tasks.run.kit import" in path.read_text(encoding="utf-8")] == []


def test_the_parts_are_used_by_steps() -> None:
    named = {part for path in STEPS for part in parts_named(ast.parse(path.read_text(encoding="utf-8")))}

    assert named == {name for name in vars(kit_parts) if name.endswith("Kit")}
