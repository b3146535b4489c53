"""The laws of the house hold, and each of them notices what breaks it."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture import laws
from tests.architecture import source_tree as source


def obey(files: Iterable[str], law: Callable[[str], laws.Broken]) -> None:
    """Fail with every place in the files that breaks the law."""
    broken = [f"{file}:{line}: {what}" for file in files for line, what in law(file)]
    assert not broken, "\n" + "\n".join(broken)


def test_every_library_has_one_home() -> None:
    obey(source.files(*source.OURS), laws.homeless)


def test_pure_files_touch_no_world() -> None:
    obey(source.files("tasks/pure"), laws.impure)


def test_only_flows_read_the_clock() -> None:
    obey(source.files("tasks", "schemas", "warehouse"), laws.clocks)


def test_nothing_catches_every_exception() -> None:
    obey(source.files(), source.broad_excepts)


def test_every_module_opens_with_a_docstring() -> None:
    assert [file for file in source.files() if not source.is_documented(file)] == []


def test_every_public_function_and_class_has_a_docstring() -> None:
    obey(source.files(*source.OURS), source.undocumented)


def test_sql_stands_in_the_warehouse_only() -> None:
    obey(source.files("flows", "tasks", "schemas", "bench"), laws.sql)


def test_no_file_is_too_long() -> None:
    limits = {file: 500 if file.startswith("tests/") else 300 for file in source.files()}
    assert {file: source.line_count(file) for file, limit in limits.items() if source.line_count(file) > limit} == {}


def test_no_function_is_too_long() -> None:
    obey(source.files(*source.OURS, "bench"), laws.long_functions(60))
    obey(source.files("tests"), laws.long_functions(80))


def test_no_module_has_a_name_that_says_nothing() -> None:
    obey(source.files(), laws.named_badly)


def test_no_file_names_a_path_of_one_machine() -> None:
    obey(laws.text_files(), laws.machine_paths)


def test_no_file_names_a_package_registry() -> None:
    obey(laws.text_files(), laws.registries)


def test_every_url_of_the_lock_has_the_host_that_does_not_exist() -> None:
    text = (source.ROOT / "uv.lock").read_text("utf-8")
    urls = re.findall(r"[a-z+]+://[^\s\"']+", text)

    assert len(urls) > 100
    assert {urlsplit(url).netloc for url in urls} == {laws.NO_HOST}


def test_every_folder_states_its_law() -> None:
    silent = [
        file
        for file in source.files(*source.OURS)
        if file.endswith("__init__.py")
        and "May import" not in (text := (source.ROOT / file).read_text("utf-8"))
        and "Ask here" not in text
    ]
    assert silent == []


def test_no_folder_is_crowded() -> None:
    assert laws.crowded([*source.files(), *source.files(suffix=".sql")]) == {}


def test_every_test_file_mirrors_a_module() -> None:
    assert laws.homeless_tests(source.files("tests")) == []


DOUBLE_NAMES: frozenset[str] = frozenset()
"""Public classes of two meanings. The list may only shrink: a new name fails, and so does one that is gone."""


def test_no_public_class_name_has_two_meanings() -> None:
    assert set(laws.doubles(source.files(*source.OURS))) == DOUBLE_NAMES


def test_every_module_and_statement_has_a_name_that_sql_finds_once() -> None:
    names = [file.rpartition("/")[2] for file in source.files("warehouse", suffix=".sql") if "/statements/" in file]
    assert len(names) == len(set(names))


BREACHES: tuple[tuple[str, Callable[[str], laws.Broken], str], ...] = (
    ("tasks/ingest/fetch.py", laws.homeless, "import requests"),
    ("flows/a.py", laws.homeless, "from duckdb import connect"),
    ("flows/b.py", laws.homeless, "def f():\n    from prefect import task"),
    ("schemas/c.py", laws.homeless, "import pandas as pd"),
    ("warehouse/b.py", laws.homeless, "from lxml import etree"),
    ("tasks/pure/c.py", laws.impure, "import os"),
    ("tasks/pure/d.py", laws.impure, "def f():\n    import os.path"),
    ("tasks/pure/e.py", laws.impure, "text = open('a')"),
    ("tasks/pure/f.py", laws.impure, "def f(clock=time.monotonic): ..."),
    ("tasks/pure/g.py", laws.impure, "from time import perf_counter"),
    ("tasks/pure/h.py", laws.impure, "now = datetime.now(UTC)"),
    ("tasks/c.py", laws.clocks, "now = datetime.datetime.utcnow"),
    ("tasks/d.py", laws.clocks, "def f(clock=time.time): ..."),
    ("tasks/web/client.py", laws.clocks, "def f():\n    return time.time()"),
    ("warehouse/c.py", laws.clocks, "today = date.today()"),
    ("schemas/d.py", laws.clocks, "from time import time"),
    ("flows/c.py", laws.sql, "q = f'SELECT * FROM {table}'"),
    ("tasks/e.py", laws.sql, "q = 'INSERT INTO t VALUES (1)'"),
    ("tasks/f.py", source.broad_excepts, "try:\n    f()\nexcept Exception:\n    pass"),
    ("tasks/g.py", source.broad_excepts, "try:\n    f()\nexcept:\n    pass"),
    ("tests/a.py", source.broad_excepts, "try:\n    f()\nexcept (KeyError, BaseException) as e:\n    g(e)"),
    ("tasks/h.py", source.undocumented, "class Thing:\n    x = 1"),
    ("tasks/i.py", source.undocumented, "async def fetch():\n    return 1"),
    ("tasks/text_utils.py", laws.named_badly, ""),
    ("tasks/j.py", laws.long_functions(60), "def f():\n" + "    x = 1\n" * 60),
    ("tasks/k.py", laws.machine_paths, "x = '/" + "home/jo/x'"),
    ("tasks/l.py", laws.registries, "x = 'https://files.py" + "pi.example/simple'"),
)


@pytest.mark.parametrize(("file", "law", "text"), BREACHES, ids=[breach[0] for breach in BREACHES])
def test_a_breach_is_noticed(
    file: str, law: Callable[[str], laws.Broken], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (
        "warehouse/load/load.py",
        "tasks/ingest/fetch.py",
        "tasks/web/client.py",
        "tasks/pure/urls/normalise.py",
        file,
    ):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text(text if each == file else "")
    monkeypatch.setattr(source, "ROOT", tmp_path)

    assert len(law(file)) == 1


OBEDIENT: tuple[tuple[str, Callable[[str], laws.Broken], str], ...] = (
    ("tasks/web/client.py", laws.homeless, "import requests"),
    ("tasks/web/client.py", laws.clocks, "def f(clock=time.time, seconds=time.monotonic): ..."),
    ("tasks/b.py", laws.clocks, "import time\nbegun = time.monotonic()"),
    ("tasks/c.py", laws.sql, '"""SELECT a FROM b."""'),
    ("tasks/d.py", source.broad_excepts, "try:\n    f()\nexcept BaseException:\n    g()\n    raise"),
    ("tasks/e.py", source.undocumented, "def _f():\n    def inner(): ..."),
    ("tasks/f.py", laws.machine_paths, "x = 'https://a.example/home/page'"),
)


@pytest.mark.parametrize(("file", "law", "text"), OBEDIENT, ids=[each[0] for each in OBEDIENT])
def test_what_the_laws_allow_is_no_breach(
    file: str, law: Callable[[str], laws.Broken], text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in ("warehouse/load/load.py", "tasks/web/client.py", "tasks/pure/urls/normalise.py", file):
        (tmp_path / each).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each).write_text(text if each == file else "")
    monkeypatch.setattr(source, "ROOT", tmp_path)

    assert law(file) == []
