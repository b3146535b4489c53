"""The laws of docs/contributing/style.md that import contracts cannot say: what breaks each, as line and words."""

import ast
import re
from collections.abc import Callable

from tests.architecture import source_tree as source

Broken = list[tuple[int, str]]
EVERYWHERE = ("flows", "tasks", "schemas", "warehouse", "tests", "bench", "docs")
EQUIPMENT = ("tasks/web/", "tasks/archive/", "tasks/politeness/", "tasks/cage/", "tasks/machine/", "tasks/run/")
"""No steps but what steps are made with: rooms whose functions may take the clock as an argument with a default."""
HOMES: dict[str, tuple[str, ...]] = {
    "requests": ("tasks/web/client.py",),
    "urllib3": ("tasks/web/",),
    "apprise": ("tasks/alerts/apprise_process.py",),
    "duckdb": ("warehouse/database/session.py",),
    "asyncpg": ("warehouse/hot/postgres.py",),
    "great_expectations": ("schemas/quality/expectations.py",),
    "pandas": ("schemas/quality/expectations.py",),
    "trafilatura": ("tasks/pure/body/",),
    "htmldate": ("tasks/pure/dates/",),
    "babel": (
        "tasks/pure/dates/",
        "tasks/pure/stories/mentions/",
        "tasks/pure/sources/iso_names.py",
        "tasks/pure/stories/function_words.py",
    ),
    "jdatetime": ("tasks/pure/dates/calendars.py",),
    "hijridate": ("tasks/pure/dates/calendars.py",),
    "fastwarc": ("tasks/archive/formats/warc_record.py",),
    "fsspec": ("tasks/archive/",),
    "warcio": ("tasks/archive/",),
    "prefect": ("flows/running/", "flows/deploy/"),
    "distributed": ("tasks/cage/dask_cluster.py",),
    "opentelemetry": ("flows/running/spans.py",),
    "pydantic_settings": ("tasks/machine/settings_file.py",),
    "tantivy": ("warehouse/search/tantivy_engine.py",),
    "tzlocal": ("tasks/machine/local_zone.py",),
    "lxml": ("tasks/pure/",),
    "cssselect": ("tasks/pure/page/selectors.py",),
    "protego": ("tasks/pure/http/robots.py",),
    "feedparser": ("tasks/pure/feeds/",),
    "fastfeedparser": ("tasks/pure/feeds/",),
}
"""Library, and the rooms or files of our packages that may import it."""
ENTRIES_AT_MOST = 20
OF_NO_MODULE = tuple(
    f"tests/{folder}/"
    for folder in ("architecture", "bench", "conformance", "docs", "hostile", "pages", "system", "warehouse/reports")
)
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


def homeless(file: str) -> Broken:
    """Imports of a library outside its one home."""
    top = [(line, name.partition(".")[0]) for line, name in source.imports(file)]
    return [(line, f"imports {name}") for line, name in top if name in HOMES and not file.startswith(HOMES[name])]


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
        if CLOCKS.search(name) and not (is_default and name == "time.time" and file.startswith(EQUIPMENT))
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


def crowded(files: list[str]) -> dict[str, int]:
    """Folders with more entries than `ENTRIES_AT_MOST`, and how many; `__init__.py` does not count."""
    inside: dict[str, set[str]] = {}
    for file in files:
        parts = file.split("/")
        for depth in range(1, len(parts)):
            inside.setdefault("/".join(parts[:depth]), set()).update({parts[depth]} - {"__init__.py"})
    return {folder: len(names) for folder, names in inside.items() if len(names) > ENTRIES_AT_MOST}


def homeless_tests(files: list[str]) -> list[str]:
    """Test files whose path names no module of ours: `tests/X/test_y.py` is of `X/y.py`, and so is
    `tests/X/test_y_aspect.py`. What is of no one module stands in the folders of `OF_NO_MODULE`."""
    return [
        file
        for file in files
        if file.rpartition("/")[2].startswith("test_") and not file.startswith(OF_NO_MODULE) and not _tested(file)
    ]


def _tested(file: str) -> bool:
    folder, _, name = file.removeprefix("tests/").rpartition("/")
    words = name.removeprefix("test_").removesuffix(".py").split("_")
    named = ("_".join(words[:n]) for n in range(len(words), 0, -1))
    return any((source.ROOT / folder / f"{module}.py").is_file() for module in named)


def doubles(files: list[str]) -> dict[str, list[str]]:
    """Public classes whose name stands in several files, and those files; a class that is imported is not one."""
    found: dict[str, list[str]] = {}
    for file in files:
        for node in source.tree(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(file)
    return {name: places for name, places in found.items() if len(places) > 1}


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
