"""`newsdesk report --site` as a user meets it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.desks import Desk
from tests.support.warehouse.batch_samples import hours
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.story_samples import batches, told
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an event of this hour that three outlets report, and one of 50 hours ago."""
    home = tmp_path_factory.mktemp("site")
    its = [*(told(1, outlet, NOW - hours(outlet / 9)) for outlet in range(3)), told(2, 0, NOW - hours(50))]
    with Warehouse(f"ducklake:sqlite:{home}/warehouse/catalog.sqlite?data={home}/warehouse/data/") as warehouse:
        migrate(warehouse, NOW)
        load_batch(warehouse, batches(its, 4)[0], NOW)
        publish_reader(warehouse, home / "newsdesk.duckdb")
    return home


@pytest.fixture(scope="module")
def desk(home: Path) -> Desk:
    return Desk({"NEWSDESK_HOME": str(home)})


def test_the_last_24_hours_stand_beside_the_pages_of_the_runs(desk: Desk, home: Path) -> None:
    page = Path(desk.run("report", "--site").stdout.strip())
    assert page == home / "reports" / "news" / "index.html"
    assert "3 articles of 3 outlets" in page.read_text()
    assert '<a href="../index.html">Runs</a>' in page.read_text()


def test_a_day_has_a_folder_of_its_own(desk: Desk, home: Path) -> None:
    day = (NOW - hours(50)).date()
    told_of = desk.json("report", "--site", "--date", day.isoformat(), "--json")
    assert isinstance(told_of, dict)
    assert (told_of["stories"], told_of["articles"]) == (1, 1)
    assert Path(told_of["page"]) == home / "reports" / f"news-{day}" / "index.html"


def test_a_folder_of_ones_own_holds_the_whole_site(desk: Desk, tmp_path: Path) -> None:
    desk.run("report", "--site", "--out", str(tmp_path / "mine"))
    page = (tmp_path / "mine" / "index.html").read_text()
    assert "../" not in page
    assert len(list((tmp_path / "mine").iterdir())) == 8


@pytest.mark.parametrize(
    "words", [("--date", "2026-01-01"), ("--out", "x"), ("latest_headlines", "--site"), ("--site", "--date", "soon")]
)
def test_options_that_make_no_sense_are_wrong_usage(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run("report", *words)
    assert done.returncode == 2, done.stderr
