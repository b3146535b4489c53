"""A field of an article is added in two files: shown on a copy of the tree, in processes of their own.

Left out here, and run by `make` over the real tree: the tests of flows, steps and equipment, the Prefect and hostile
suites, mypy on the tests, and the generated pages of docs/reference, which `make reference` writes anew.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT

ARTICLE = "schemas/items/article.py"
BUILD = "tasks/pure/article/build.py"
EDITS = {
    ARTICLE: (
        "    body: str = Field(\n",
        "    field_of_a_test: str | None = Field(\n"
        '        None, min_length=1, max_length=500, description="Another headline, by JSON-LD; NULL: none."\n'
        "    )\n",
    ),
    BUILD: (
        "        body=text.body,\n",
        '        field_of_a_test=page.stated.text("alternativeHeadline", 500),\n',
    ),
}
"""By file: the line that the new lines come before, and the new lines."""
PROGRAM = """
import sys
from pathlib import Path

from schemas.items.article import Article
from schemas.quality.rules import columns_of
from tasks.pure.reports.quality_facts import FIELDS
from tests.support.newsrooms import ask
from tests.support.sites.papers import items, open_papers
from tests.support.sites.raw_site import answer
from warehouse.reader.quality import quality_facts

SCRIPT = '{"@type": "NewsArticle", "headline": "About ferries", "alternativeHeadline": "Ferries, the other way"}'
TEXT = "".join(f"<p>Sentence {n} says that boat {n} left before noon, on a low tide.</p>" for n in range(9))
HTML = f"<script type='application/ld+json'>{SCRIPT}</script><article><h1>About ferries</h1>{TEXT}</article>"
PAGE = answer(HTML.encode(), "Content-Type: text/html; charset=utf-8")

PAGES = {"/ferries": lambda visit: visit.send(PAGE)}

with open_papers(Path(sys.argv[1]), {"paper": [items("/ferries", "/plain")]}, PAGES) as its:
    run = its.run().run.run_id
    rows = ask(its.settings, "SELECT canonical_url, field_of_a_test FROM main.articles ORDER BY canonical_url")
    assert [row["field_of_a_test"] for row in rows] == ["Ferries, the other way", None], rows
    where = "table_name = 'articles' AND column_name = 'field_of_a_test'"
    told = ask(its.settings, f"SELECT comment FROM duckdb_columns() WHERE {where}")
    assert told == [{"comment": "Another headline, by JSON-LD; NULL: none."}], told
    gaps = quality_facts(its.settings.reader_path, run, [], its.at).gaps
    assert [(gap.missing, gap.articles) for gap in gaps if gap.field == "field_of_a_test"] == [(1, 2)], gaps
(column,) = [column for column in columns_of(Article) if column.name == "field_of_a_test"]
assert [rule.keyword for rule in column.rules] == ["maxLength", "minLength"], column
assert "field_of_a_test" in FIELDS
"""
SUITES = (
    "tests/architecture",
    "tests/schemas/items",
    "tests/schemas/quality",
    "tests/tasks/pure/article/test_build.py",
    "tests/tasks/pure/reports",
    "tests/warehouse/database/test_columns.py",
    "tests/warehouse/reader/test_quality.py",
    "tests/warehouse/tables/test_migrate.py",
)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tracked files with the field added."""
    copy = tmp_path_factory.mktemp("field") / "tree"
    for file in _tracked():
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, copy / file)
    for file, (line, added) in EDITS.items():
        text = (copy / file).read_text("utf-8")
        assert text.count(line) == 1, f"{file} has no single line {line!r} any more: name another one in EDITS"
        (copy / file).write_text(text.replace(line, added + line), "utf-8")
    return copy


def _tracked() -> list[str]:
    """Files of the tree, and those that are new and not ignored."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return sorted({file for file in told.stdout.split("\0") if file and (ROOT / file).is_file()})


def _run(tree: Path, *words: str) -> None:
    """Run Python on the copy; fails with all that it printed."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        [sys.executable, *words], cwd=tree, env=environment, capture_output=True, text=True, timeout=600
    )
    assert ended.returncode == 0, f"{' '.join(words)[:200]}\n{ended.stdout[-6000:]}\n{ended.stderr[-6000:]}"


def test_two_files_differ(edited: Path) -> None:
    differing = [file for file in _tracked() if (edited / file).read_bytes() != (ROOT / file).read_bytes()]

    assert differing == sorted(EDITS)


def test_the_rules_of_the_tree_hold_with_the_field(edited: Path) -> None:
    _run(edited, "-m", "pytest", *SUITES)


def test_the_packages_pass_the_type_checker_with_the_field(edited: Path) -> None:
    _run(edited, "-m", "mypy", "--cache-dir", str(edited / ".mypy_cache"), "schemas", "tasks/pure/article")


def test_an_ingested_page_has_the_value_in_the_table(edited: Path, tmp_path: Path) -> None:
    program = tmp_path / "ingest_one_page.py"
    program.write_text(PROGRAM, "utf-8")

    _run(edited, str(program), str(tmp_path / "home"))
