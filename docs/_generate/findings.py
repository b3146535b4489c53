"""The page of the kinds of findings: every code that the source can give, and what each means."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from docs._generate.markdown import code, page, prose, table
from schemas.items.finding import KINDS, Severity
from schemas.items.outcome import Reason
from schemas.runs.archive_check import Trouble
from schemas.runs.backfill_plan import BackfillOrigin
from tasks.pure.runs.endings import OF_ARCHIVE
from tasks.pure.sources.drift import SHARES
from tasks.pure.sources.findings import finding

ROOT = Path(__file__).parents[2]
PREFIXES: Mapping[str, tuple[str, ...]] = {
    "drift_": (*SHARES, "short", "long"),
    OF_ARCHIVE: tuple(trouble.value for trouble in Trouble),
    "no_": (BackfillOrigin.FEEDS.value, BackfillOrigin.SITEMAPS.value),
}
"""What follows the fixed beginning of a code that is put together."""
MAKERS = ("Finding", "Measure")


def findings_page() -> str:
    """Each kind with what it means and what to do; raises `ValueError` where code and `KINDS` differ."""
    if differing := set(KINDS) ^ set(codes()):
        raise ValueError(f"{sorted(differing)}: in the source or in `KINDS` alone; `KINDS` says what each code means")
    return page(
        "Kinds of findings",
        "A finding is something that a person should know, about a source or about a batch. `newsdesk status` shows "
        "the open ones, `newsdesk report open_findings` too, and in Prefect each is the event "
        "`newsdesk.finding.CODE`.",
        "Severities: "
        + ", ".join(f"{code(severity.value)} ({SEVERITIES[severity]})" for severity in reversed(Severity))
        + ".",
        table(
            ("code", "meaning, and what to do"), [(code(kind), prose(text)) for kind, text in sorted(KINDS.items())]
        ),
    )


SEVERITIES = {Severity.WARNING: "somebody must act within days", Severity.NOTICE: "worth a look"}


def codes() -> Iterator[str]:
    """Every code that a call of a maker in the source can give."""
    for package in ("schemas", "tasks", "flows", "warehouse"):
        for file in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef):
                    yield from _codes_of(function, tree)


def _codes_of(function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    for call in _calls(ast.walk(function), MAKERS):
        for keyword in call.keywords:
            if keyword.arg == "code":
                yield from _values(keyword.value, function, tree)
    for call in _calls(ast.walk(function), (finding.__name__,)):
        yield from _values(call.args[1], function, tree)


def _values(value: ast.expr, function: ast.FunctionDef, tree: ast.Module) -> Iterator[str]:
    """The codes that an expression stands for; raises `ValueError` for an expression that is not known."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from _values(one, function, tree)
            yield from _values(other, function, tree)
        case ast.JoinedStr(values=[ast.Constant(value=str(prefix)), _]):
            yield from (prefix + each for each in PREFIXES[prefix])
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id="OF_ARCHIVE")), _]):
            yield from (OF_ARCHIVE + each for each in PREFIXES[OF_ARCHIVE])
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="Reason"), attr=name)):
            yield Reason[name].value
        case ast.Name(id=name) if name in [argument.arg for argument in function.args.args]:
            place = [argument.arg for argument in function.args.args].index(name)
            for call in _calls(ast.walk(tree), (function.name,)):
                yield from _values(call.args[place], function, tree)
        case ast.Name(id=name):
            yield from _constant(name, tree)
        case _:
            raise ValueError(f"cannot tell which codes {ast.unparse(value)!r} of a finding stands for")


def _constant(name: str, tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == name:
            yield ast.literal_eval(statement.value)


def _calls(nodes: Iterable[ast.AST], names: tuple[str, ...]) -> Iterator[ast.Call]:
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node
