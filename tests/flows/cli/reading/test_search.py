"""`newsdesk search` as a user gives it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.desks import Desk
from tests.support.warehouse.batch_samples import NOON, batch_of, hours, urls
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse
from warehouse.reader.publish import publish_reader
from warehouse.tables.migrate import migrate

TEXT = "The \x1b[31mferry to Łódź sails again after the long heat wave of the summer."
LONG = "Nothing of the kind is told in this sentence. " * 30


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home with five articles, one of them in two versions."""
    home = tmp_path_factory.mktemp("searched")
    url = f"ducklake:sqlite:{home}/warehouse/catalog.sqlite?data={home}/warehouse/data/"
    with Warehouse(url) as warehouse:
        migrate(warehouse, NOON)
        for number, place in enumerate(("Oslo", "Cork", "Brest", "Vigo")):
            text = f"{place} " * 9 + LONG + TEXT + LONG
            one = batch_of(urls(1, number), place, text=text, published_at=NOON - hours(48))
            load_batch(warehouse, one, NOON)
        load_batch(
            warehouse, batch_of(urls(1, 9), "other", text="東京都知事が会見を開きました、と広報課が発表。"), NOON
        )
        second = batch_of(urls(1), "second", "run-2", NOON + hours(1), "The ferry stays in port after the storm.")
        load_batch(warehouse, second, NOON + hours(1))
        publish_reader(warehouse, home / "newsdesk.duckdb")
    return Desk({"NEWSDESK_HOME": str(home), "NEWSDESK_TIME_ZONE": "Europe/Berlin"})


def test_hits_are_shown_with_outlet_time_passage_and_url_in_80_columns(desk: Desk) -> None:
    done = desk.run("search", '"heat wave" lodz', "--limit", "2", COLUMNS="80")

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0] == "1. Ferry sails"
    assert lines[1] == "   harbour, 2026-11-21 13:00"
    assert "Łódź sails again after the long heat wave" in " ".join(done.stdout.split())
    assert "https://harbour.example/00000" in done.stdout
    assert lines[-1] == "2 of 6 versions (there are more: --limit); times in Europe/Berlin"
    assert "\x1b" not in done.stdout
    assert max(map(len, lines)) <= 80


def test_a_search_of_an_index_that_is_up_to_the_articles_loads_no_duckdb(desk: Desk) -> None:
    desk.run("search", "ferry")
    program = (
        "import atexit, sys\n"
        "atexit.register(lambda: print('imported', 'duckdb' in sys.modules, file=sys.stderr))\n"
        "sys.argv = ['newsdesk', 'search', 'ferry', '--limit', '1']\n"
        "from flows.cli import main\n"
        "main()\n"
    )

    done = subprocess.run([sys.executable, "-c", program], env=desk.environment, capture_output=True, text=True)

    assert ("1. Ferry sails" in done.stdout, done.stderr.splitlines()[-1]) == (True, "imported False")


def test_the_json_has_the_hits_with_the_places_of_their_marks(desk: Desk) -> None:
    answer = json.loads(desk.run("search", "東京", "--json").stdout)

    (hit,) = answer["hits"]
    piece = hit["passage"]
    assert [piece["text"][start:end] for start, end in piece["marks"]] == ["東京"]
    assert (hit["source"], hit["version"], hit["published_at"]) == ("harbour", 1, "2026-11-23T11:00:00Z")
    assert (answer["engine"], answer["articles"], answer["has_more"]) == ("fts5", 6, False)


def test_earlier_versions_are_found_when_asked_for(desk: Desk) -> None:
    newest = json.loads(desk.run("search", "again", "--json").stdout)["hits"]
    every = json.loads(desk.run("search", "again", "--all-versions", "--json").stdout)["hits"]

    assert (len(newest), len(every)) == (3, 4)
    assert "version 1" in desk.run("search", "again", "--all-versions").stdout


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        (("--since", "2026-11-23"), 2),
        (("--until", "2026-11-22"), 3),
        (("--source", "harbour"), 5),
        (("--language", "EN"), 5),
        (("--language", "de"), 0),
        (("--section", "sport"), 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_filters_narrow_the_hits(desk: Desk, words: tuple[str, ...], hits: int) -> None:
    assert len(json.loads(desk.run("search", "ferry", *words, "--json").stdout)["hits"]) == hits


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("heat", "OR"), 2, "OR at column 6 is the end of the query"),
        (('"heat',), 2, "the quotation mark at column 1 has no second one"),
        (("AND",), 2, "only operators"),
        ((), 2, "name what to search for"),
        (("ferry", "--source", "harbor"), 2, "did you mean 'harbour'?"),
        (("unheard",), 1, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_searched_is_told(desk: Desk, words: tuple[str, ...], code: int, told: str) -> None:
    done = desk.run("search", *words)

    assert done.returncode == code
    assert told in done.stderr


def test_the_index_is_compared_and_made_anew(desk: Desk) -> None:
    assert "the index is whole" in desk.run("search", "--verify").stdout

    done = desk.run("search", "--rebuild")
    assert (done.returncode, done.stdout) == (0, "")
    assert "made anew: 6 versions" in done.stderr


def test_a_damaged_index_is_made_anew_by_the_search_and_says_so(desk: Desk) -> None:
    desk.run("search", "ferry")
    index = Path(desk.environment["NEWSDESK_HOME"], "search", "index.sqlite")
    index.write_bytes(b"nothing")

    done = desk.run("search", "ferry")

    assert "made anew" in done.stderr
    assert "5 of 6 versions" in done.stdout


def test_a_saved_search_has_its_query_and_filters(desk: Desk) -> None:
    file = Path(desk.environment["NEWSDESK_HOME"], "searches.toml")
    file.write_text('[boats]\nquery = "ferry"\nlanguage = "de"\n\n[bad]\nquery = "OR"\n')
    assert "searches.toml:6: bad.query: the query has only operators" in desk.run("search", "--saved", "boats").stderr
    file.write_text('[boats]\nquery = "ferry heat"\n\n[german]\nquery = "ferry"\nlanguage = "de"\n')

    assert len(json.loads(desk.run("search", "--saved", "boats", "--json").stdout)["hits"]) == 3
    assert not json.loads(desk.run("search", "--saved", "german", "--json").stdout)["hits"]
    assert "did you mean 'boats'?" in desk.run("search", "--saved", "boat").stderr


def test_a_search_within_one_story_finds_its_articles_alone(desk: Desk) -> None:
    stories = json.loads(desk.run("stories", "--since", "2026-01-01", "--json").stdout)
    story_id = min(stories, key=lambda one: one["articles"])["story_id"]

    answer = json.loads(desk.run("search", "ferry", "OR", "東京", "--story", story_id[:12], "--json").stdout)
    told = json.loads(desk.run("stories", "show", story_id, "--json").stdout)
    assert {hit["article_id"] for hit in answer["hits"]} == {one["article_id"] for one in told["members"]}
    assert len(json.loads(desk.run("search", "ferry", "OR", "東京", "--json").stdout)["hits"]) > 1


def test_a_story_that_there_is_not_is_told(desk: Desk) -> None:
    done = desk.run("search", "ferry", "--story", "ffffffffff")

    assert done.returncode == 2
    assert "no story has an id that begins with 'ffffffffff'" in done.stderr
