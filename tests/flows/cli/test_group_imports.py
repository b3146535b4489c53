"""What a command imports: its own modules, and of the libraries only those that it uses."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from flows.cli.commands import COMMANDS, GROUPS
from flows.cli.group import app
from schemas.settings import Settings
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

HEAVY = "fsspec great_expectations jinja2 lxml numpy pandas prefect pyarrow requests sqlalchemy trafilatura"
SOURCE = (
    'name = "Quay"\nhomepage = "http://quay.test/"\nfeeds = ["http://quay.test/f"]\nlanguage = "en"\ncountry = "gb"\n'
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published warehouse without rows, and one source file."""
    home = tmp_path_factory.mktemp("imports")
    settings = Settings(home=home)
    (home / "sources").mkdir()
    (home / "sources" / "quay.toml").write_text(SOURCE)
    with Warehouse(settings.warehouse_url) as warehouse:
        migrate(warehouse, datetime(2026, 11, 23, 12, tzinfo=UTC))
        publish_reader(warehouse, settings.reader_path)
    return home


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("metrics",),
        ("sql", "select 1"),
        ("report",),
        ("report", "articles_per_day"),
        ("explain", "https://quay.test/a"),
        ("show", "ferry"),
        ("search", "ferry"),
        ("why-missing", "quay"),
        ("politeness",),
        ("politeness", "quay.test"),
        ("stories",),
        ("sources", "list"),
        ("sources", "freshness"),
        ("settings",),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_reading_command_imports_no_library_of_runs(home: Path, command: tuple[str, ...]) -> None:
    program = (
        "import atexit, sys\n"
        f"heavy = set({HEAVY.split()!r})\n"
        "found = lambda: sorted(name for name in heavy if sys.modules.get(name))\n"
        "atexit.register(lambda: print('imported', found(), file=sys.stderr))\n"
        f"sys.argv = {['newsdesk', *command]!r}\n"
        "from flows.cli import main\n"
        "main()\n"
    )
    environment = {"NEWSDESK_HOME": str(home), "NEWSDESK_SOURCES": str(home / "sources")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60
    )
    assert ("Traceback" in done.stderr, done.stderr.splitlines()[-1]) == (False, "imported []"), done.stderr


def test_the_root_lists_every_command_without_importing_it_and_gives_each() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    assert list(root.commands) == [*COMMANDS, *GROUPS]
    assert [command.name for command in root.commands.values()] == list(root.commands)


def test_the_list_of_commands_has_the_first_sentence_of_the_help_of_each() -> None:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    told = {name: command.get_short_help_str(sys.maxsize) for name, command in root.commands.items()}
    assert {name: each.sentence for name, each in (COMMANDS | GROUPS).items()} == told


def test_what_judges_reads_dates_and_decides_versions_is_imported_where_a_page_was_found() -> None:
    late = ["great_expectations", "pandas", "dateparser", "tasks.pure.history.rules", "trafilatura"]
    program = f"import sys, flows.ingest; print([name for name in {late!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"


def test_compiled_modules_find_no_pandas_in_a_reading_command() -> None:
    """A None in `sys.modules` would be pandas to them: `sources add` failed in pyarrow."""
    program = (
        "import sys\n"
        "from flows.cli.group import _begin\n"
        "_begin('sources')\n"
        "import duckdb, pyarrow\n"
        "print(pyarrow.array([1, None]).to_pylist(), duckdb.execute('select ?', [2]).fetchall())\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'pandas'])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("[1, None] [(2,)]\n[]\n", "")
