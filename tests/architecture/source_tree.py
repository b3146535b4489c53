"""The source tree as the laws see it: files, their imports, and the places in them that break a law."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support import repository

ROOT = repository.ROOT
OURS = ("flows", "tasks", "schemas", "warehouse")
LEFT_OUT = frozenset({"var", "build", "dist", "__pycache__"})
"""What .gitignore leaves out; hidden folders but `.ci` are left out too."""


def files(*folders: str, suffix: str = ".py") -> list[str]:
    """Paths from the root, with forward slashes, of the files below the folders; all folders where none is named."""
    places = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(_relative(path) for place in places for path in _walk(place) if path.name.endswith(suffix))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir():
            is_hidden = path.name.startswith(".") and path.name != ".ci"
            yield from () if is_hidden or path.name in LEFT_OUT else _walk(path)
        elif path.is_file():
            yield path


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(file: str) -> ast.Module:
    """The syntax tree of a file."""
    return _parsed(ROOT / file)


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def is_documented(file: str) -> bool:
    """Whether the module opens with a docstring."""
    return bool(ast.get_docstring(tree(file)))


def line_count(file: str) -> int:
    """How many lines a file has."""
    return len((ROOT / file).read_text("utf-8").splitlines())


def module_of(file: str) -> str:
    """The dotted name of a file: `tasks/pure/__init__.py` is `tasks.pure`."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(file: str) -> list[tuple[int, str]]:
    """Line and dotted name of everything a file imports, inside functions too. `from a import b` is
    `a.b` where that is a module of ours, otherwise `a`; relative imports are made absolute."""
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(file, node)
            found += [(node.lineno, _module(base, alias.name)) for alias in node.names]
        elif isinstance(node, ast.Call) and _called(node) in (
            "__import__",
            "importlib.import_module",
            "import_module",
        ):
            found += [(node.lineno, str(a.value)) for a in node.args[:1] if isinstance(a, ast.Constant)]
    return found


def _base(file: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    folder = Path(file).parent
    for _ in range(node.level - 1):
        folder = folder.parent
    return ".".join([*folder.parts, *([node.module] if node.module else [])])


def _module(base: str, name: str) -> str:
    place = ROOT / base.replace(".", "/") / name
    return f"{base}.{name}" if place.with_suffix(".py").is_file() or (place / "__init__.py").is_file() else base


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of attributes on a name, otherwise an empty text."""
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return node.id if isinstance(node, ast.Name) else ""


def _called(node: ast.Call) -> str:
    return dotted(node.func)


def calls(file: str) -> list[tuple[int, str]]:
    """Line and dotted name of every call; a method on an expression counts as `?.name`."""
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            loose = f"?.{node.func.attr}" if isinstance(node.func, ast.Attribute) else ""
            found.append((node.lineno, _called(node) or loose))
    return found


def names_read(file: str) -> list[tuple[int, str, bool]]:
    """Line and dotted name of every attribute that is read, and whether it stands as a default: of an
    argument, or of a class's field."""
    defaults = {id(inner) for each in _defaults(file) for inner in ast.walk(each)}
    nodes = [node for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute)]
    return [(node.lineno, dotted(node), id(node) in defaults) for node in nodes]


def _defaults(file: str) -> list[ast.expr]:
    of_arguments = [each for f in _functions(file) for each in (*f.args.defaults, *f.args.kw_defaults) if each]
    classes = [node for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef)]
    return of_arguments + [n.value for c in classes for n in c.body if isinstance(n, ast.AnnAssign) and n.value]


def _functions(file: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(file)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def functions(file: str) -> list[tuple[int, str, int]]:
    """Line, name and length in lines of every function, methods and inner ones too."""
    return [(node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in _functions(file)]


_EVERYTHING = ("Exception", "BaseException", "everything")


def broad_excepts(file: str) -> list[tuple[int, str]]:
    """Bare excepts and those of Exception or BaseException; one that ends in a bare `raise` tidies up
    and catches nothing."""
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ExceptHandler) and not _passes_on(node):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = [dotted(each).rpartition(".")[2] if each else "everything" for each in caught]
            found += [
                (node.lineno, f"catches {n}") for n in names if n in ("Exception", "BaseException", "everything")
            ]
    return found


def _passes_on(node: ast.ExceptHandler) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def undocumented(file: str) -> list[tuple[int, str]]:
    """Line and name of the public functions and classes of a module that have no docstring."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree(file).body if isinstance(node, kinds) and not node.name.startswith("_")]
    return [(node.lineno, node.name) for node in public if not ast.get_docstring(node)]


def texts(file: str) -> list[tuple[int, str]]:
    """Line and value of every string that is no docstring; the parts of an f-string joined."""
    docs = {id(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Expr)}
    parts = {id(part) for node in ast.walk(tree(file)) if isinstance(node, ast.JoinedStr) for part in node.values}
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.JoinedStr):
            words = [p.value if isinstance(p, ast.Constant) else "?" for p in node.values]
            found.append((node.lineno, "".join(map(str, words))))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | parts:
            found.append((node.lineno, node.value))
    return found
