"""The laws of the house (STYLE.md): for each, what breaks it in one file, as line and words."""

import ast
import re
from collections.abc import Callable

from tests.architecture import source_tree as source

Broken = list[tuple[int, str]]
EVERYWHERE = ("flows", "tasks", "schemas", "warehouse", "tests", "bench", "docs")
EQUIPMENT = re.compile(
    r"tasks\.(?:web|archive|politeness|cage|machine|run|demo_site|web_\w+|warc\w*|cage_\w+|courtesy\w*|kit|clock"
    r"|progress|processes)"
)
"""No tasks but what tasks are made with: tasks may import them."""
MAY_IMPORT: tuple[tuple[str, str], ...] = (
    (r"schemas/", r"schemas"),
    (r"warehouse/", r"schemas|warehouse"),
    (r"tasks/pure/", r"schemas|tasks\.pure"),
    (r"tasks/", rf"schemas|warehouse|tasks\.pure|{EQUIPMENT.pattern}"),
    (r"flows/", r"schemas|warehouse|tasks|flows"),
    (r"bench/", r"schemas|warehouse|tasks|flows|bench|tests"),
    (r"tests/", r"schemas|warehouse|tasks|flows|bench|tests"),
)
"""Folder, and what it may import of ours; the first folder that fits holds."""
HOMES = {
    "requests": r"tasks/web(?:/client)?\.py",
    "urllib3": r"tasks/web(?:/\w+|_\w+)?\.py",
    "duckdb": r"warehouse/(?:database/)?session\.py",
    "asyncpg": r"warehouse/hot(?:/|_)postgres\.py",
    "great_expectations": r"schemas/(?:quality/)?expectations\.py",
    "pandas": r"schemas/(?:quality/)?expectations\.py",
    "trafilatura": r"tasks/pure/(?:body/\w+|bod(?:ies|y_names))\.py",
    "htmldate": r"tasks/pure/(?:dates/htmldate|day)_search\.py",
    "fastwarc": r"tasks/(?:archive/|warc_)foreign\.py",
    "fsspec": r"tasks/(?:archive/|warc_)(?:foreign|store)\.py",
    "warcio": r"tasks/(?:archive/\w+|warc\w*)\.py",
    "prefect": r"flows/(?:running/\w+|deploy/\w+|runner\w*|prefect_runner|register|serve)\.py",
    "distributed": r"tasks/cage(?:/dask)?_cluster\.py",
    "opentelemetry": r"flows/(?:running/)?spans\.py",
    "lxml": r"tasks/pure/(?:\w+/)?\w+\.py",
    "protego": r"tasks/pure/(?:http/)?robots\.py",
    "feedparser": r"tasks/pure/feed(?:s/\w+|s|_\w+)\.py",
    "fastfeedparser": r"tasks/pure/feed(?:s/\w+|s|_\w+)\.py",
}
"""Library, and its one home in our packages."""
NOT_PURE = re.compile(
    r"(?:os|logging|requests|prefect|duckdb|socket|ssl|subprocess|shutil|tempfile|sqlite3|urllib\.request"
    r"|http\.client)(?:\..+)?"
)
CLOCKS = re.compile(r"(?:^|\.)(?:datetime|date)\.(?:now|utcnow|today)$|^time\.(?:time|time_ns)$")
PURE_CLOCKS = re.compile(CLOCKS.pattern + r"|^time\.(?:monotonic|monotonic_ns|perf_counter|perf_counter_ns|sleep)$")
NOT_A_NAME = re.compile(r"utils?|helpers?|common|misc|managers?|handlers?|processors?|new|old|v2")
SQL = re.compile(
    r"\bSELECT\s.+?\sFROM\s|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\b|\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW|SCHEMA)\b"
    r"|\bDELETE\s+FROM\s|\bUPDATE\s+\w+\s+SET\b|\b(?:DROP|ALTER)\s+TABLE\b|\bPRAGMA\s+\w",
    re.DOTALL,
)
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])(?:/(?:home|root|Users|work|farm)/\w|[A-Z]:\\Users\\)")
REGISTRY = re.compile(r"pypi|pythonhosted|npmjs|artifactory|devpi|nexus|anaconda|package-?index|(?:^|\.)registry\.")
NO_HOST = "package-index.invalid"
TEXT_FILE = (
    ".py",
    ".md",
    ".toml",
    ".lock",
    ".sql",
    ".j2",
    ".html",
    ".css",
    ".yaml",
    ".yml",
    ".cfg",
    ".ini",
    ".sh",
    ".txt",
)


def _of_ours(name: str) -> bool:
    return name.partition(".")[0] in (*source.OURS, "tests", "bench")


def _stands_in(name: str, pattern: str) -> bool:
    return re.fullmatch(rf"(?:{pattern})(?:\..+)?", name) is not None


def _allowed(file: str, name: str) -> bool:
    pattern = next(allowed for folder, allowed in MAY_IMPORT if file.startswith(folder))
    return _stands_in(name, pattern) or name == source.module_of(file)


def upward(file: str) -> Broken:
    """Imports that do not point downwards."""
    return [
        (line, f"imports {name}")
        for line, name in source.imports(file)
        if _of_ours(name) and not _allowed(file, name)
    ]


def homeless(file: str) -> Broken:
    """Imports of a library outside its one home."""
    top = [(line, name.partition(".")[0]) for line, name in source.imports(file)]
    return [(line, f"imports {name}") for line, name in top if name in HOMES and not re.fullmatch(HOMES[name], file)]


def impure(file: str) -> Broken:
    """What reaches for the network, the disk, a log, a framework or the clock."""
    imported = [(line, name) for line, name in source.imports(file) if NOT_PURE.fullmatch(name)]
    opened = [(line, name) for line, name in source.calls(file) if name in ("open", "io.open", "print", "input")]
    read = [(line, name) for line, name, _ in source.names_read(file) if PURE_CLOCKS.search(name)]
    return [*imported, *opened, *read, *_clock_imports(file, PURE_CLOCKS)]


def _clock_imports(file: str, clock: re.Pattern[str]) -> Broken:
    """`from time import time` would hide the clock from a rule about `time.time`."""
    nodes = [node for node in ast.walk(source.tree(file)) if isinstance(node, ast.ImportFrom)]
    names = [(n.lineno, f"{n.module}.{alias.name}") for n in nodes if n.module == "time" for alias in n.names]
    return [(line, f"imports {name}") for line, name in names if clock.search(name)]


def clocks(file: str) -> Broken:
    """What reads the clock; equipment may take `time.time` as the default of an argument."""
    read = [
        (line, name)
        for line, name, is_default in source.names_read(file)
        if CLOCKS.search(name)
        and not (is_default and name == "time.time" and _stands_in(source.module_of(file), EQUIPMENT.pattern))
    ]
    return [*read, *_clock_imports(file, CLOCKS)]


def sql(file: str) -> Broken:
    """Strings that are SQL."""
    return [(line, text[:60]) for line, text in source.texts(file) if SQL.search(text)]


def named_badly(file: str) -> Broken:
    """Words of the file's name that say nothing."""
    words = file.rpartition("/")[2].removesuffix(".py").split("_")
    return [(1, f"is named {word!r}") for word in words if NOT_A_NAME.fullmatch(word)]


def long_functions(limit: int) -> Callable[[str], Broken]:
    """Functions of more lines than the limit."""
    return lambda file: [(line, f"{name}: {n} lines") for line, name, n in source.functions(file) if n > limit]


def machine_paths(file: str) -> Broken:
    """Lines with a path that only one machine has."""
    return [(line, text) for line, text in _lines(file) for _ in MACHINE_PATH.finditer(text)]


def registries(file: str) -> Broken:
    """URLs of package registries."""
    hosts = [(line, host) for line, text in _lines(file) for host in re.findall(r"https?://([\w.-]+)", text)]
    return [(line, host) for line, host in hosts if REGISTRY.search(host) and host != NO_HOST]


def text_files() -> list[str]:
    """The files that people read and write; those without a suffix (Makefile, .ci/run) too."""
    return [
        file for file in source.files(suffix="") if file.endswith(TEXT_FILE) or "." not in file.rpartition("/")[2]
    ]


def _lines(file: str) -> Broken:
    return list(enumerate((source.ROOT / file).read_text("utf-8", "replace").splitlines(), start=1))
