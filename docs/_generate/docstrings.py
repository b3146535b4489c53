"""The texts that stand below the members of an enum, which Python itself does not keep."""

import ast
import inspect
import textwrap
from enum import StrEnum


def meanings(enum: type[StrEnum]) -> dict[StrEnum, str]:
    """What each member means, in the order of the members; raises `ValueError` where a member has no text."""
    [declared] = ast.parse(textwrap.dedent(inspect.getsource(enum))).body
    assert isinstance(declared, ast.ClassDef)
    texts: dict[str, str] = {}
    for statement, below in zip(declared.body, declared.body[1:], strict=False):
        if isinstance(statement, ast.Assign) and (text := _text(below)):
            texts[ast.unparse(statement.targets[0])] = " ".join(text.split())
    if missing := [member.name for member in enum if member.name not in texts]:
        raise ValueError(f"no text below {', '.join(missing)} in {enum.__qualname__}: say there what it means")
    return {member: texts[member.name] for member in enum}


def _text(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str(text))):
            return text
        case _:
            return None
