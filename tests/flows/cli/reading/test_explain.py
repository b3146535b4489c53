"""`newsdesk explain` after `newsdesk demo`, as a user gives the two commands."""

import json
from pathlib import Path

import pytest

from tests.support.desks import Desk

PAGE = "http://harbour-gazette.example/news/transport/ferry-keeps-early-boat-in-winter-timetable-48209"
LEFT_OUT = (
    ("HomeCouncilHarbourSchoolsSportCultureMembers", "removed by boxes: <nav> never holds article text"),
    ("Home › Transport", "removed by boxes: <nav> never holds article text"),
    ("The Grey Wagtail leaves the north pier.", "removed by boxes: <figcaption> never holds article text"),
    ("Sign up", "removed by boxes: <button> never holds article text"),
    ("Read also:Lifeboat station", "removed by boxes: class name 'read-also'"),
    ("Topics: ferry", "removed by boxes: class name 'tags'"),
    ("Share this story:", "removed by boxes: class name 'share'"),
    ("More from the Gazette", "removed by boxes: the label of a list of links"),
    ("Choir finds shanty", "removed by boxes: a list of links below its label"),
    ("Choir finds shanty", "removed by boxes: a card, which is a link and little else"),
    ("Record number of seal pups", "removed by boxes: a card, which is a link and little else"),
    ("Allotment holders and cricketers", "removed by boxes: a card, which is a link and little else"),
    ("About us · Contact the newsroom", "removed by boxes: a card, which is a link and little else"),
    ("The Harbour Gazette", "outside <article class='story'>, taken for the article"),
    ("Advertisement", "outside <article class='story'>, taken for the article"),
    ("By Jonah Pryce", "trafilatura did not select it: it removes elements with the class 'story__meta'"),
    ("The Morning Tide", "trafilatura did not select it: it removes <form>"),
    ("Ferry keeps its early boat", "removed by paragraph rules: it repeats the headline"),
)
"""Every block of the page beside its text, by how it begins, with its rule."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The home that a demo made. Nothing but its folder is set."""
    folder = tmp_path_factory.mktemp("explain")
    done = Desk({"NEWSDESK_HOME": str(folder)}).run("demo")
    assert done.returncode == 0, done.stderr
    return Desk({"NEWSDESK_HOME": str(folder / "demo")})


def test_explain_names_each_removed_block_of_a_page_of_the_demo_and_its_rule(desk: Desk) -> None:
    lines = [line for line in desk.run("explain", PAGE).stdout.splitlines() if line.startswith("left out")]

    found = [
        (begin, rule)
        for line in lines
        for begin, rule in LEFT_OUT
        if line.startswith((f"left out  '{begin}", f'left out  "{begin}')) and rule in line.partition(begin)[2]
    ]
    assert found == list(LEFT_OUT)
    assert len(lines) == len(LEFT_OUT)


def test_explain_says_why_no_removals_are_known_where_the_source_is_not_configured(
    desk: Desk, tmp_path: Path
) -> None:
    done = desk.run("explain", PAGE, NEWSDESK_SOURCES=str(tmp_path))

    why = f"source 'harbour-gazette' is not configured (NEWSDESK_SOURCES is {str(tmp_path)!r})"
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == f"no removals are known: {why}"


def test_the_home_of_the_demo_carries_its_sources(desk: Desk) -> None:
    setting = desk.json("settings", "--json")["NEWSDESK_SOURCES"]  # type: ignore[index]  # JSON

    assert setting["origin"] == "home"
    assert Path(setting["value"]).name == "sources"
    assert "talblick" in desk.run("sources", "list").stdout


@pytest.mark.parametrize(
    "words",
    [PAGE.removeprefix("http://"), PAGE + "?utm_source=mail", "ferry keeps early BOAT", "Ferry keeps its early"],
)
def test_explain_takes_a_url_without_a_scheme_and_words_of_the_headline(desk: Desk, words: str) -> None:
    done = desk.run("explain", *words.split())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"known as {PAGE}\n")


def test_explain_takes_an_id(desk: Desk) -> None:
    story = desk.json("explain", PAGE, "--json")
    article_id = story["versions"][0]["article_id"]  # type: ignore[index]  # JSON
    assert desk.run("explain", article_id[:8]).stdout.startswith(f"known as {PAGE}\n")


@pytest.mark.parametrize("command", ["explain", "show"])
def test_a_name_of_several_articles_or_none_gets_proposals_and_ends_with_1(desk: Desk, command: str) -> None:
    several = desk.run(command, "the", "old", COLUMNS="100")
    unknown = desk.run(command, PAGE.removeprefix("http://")[:-1], COLUMNS="100")
    nothing = desk.run(command, "volcano")
    assert [each.returncode for each in (several, unknown, nothing)] == [1, 1, 1]
    assert nothing.stdout == "the warehouse does not know volcano\n"
    assert "closest articles:" in " ".join(unknown.stdout.split())
    found = desk.json(
        "sql", f"SELECT article_id FROM main.articles WHERE canonical_url = '{PAGE}'", "--format", "json"
    )
    assert found[0]["article_id"] in unknown.stdout  # type: ignore[index]  # JSON
    assert "harbour-gazette" in unknown.stdout


def test_proposals_are_in_the_json_of_explain_and_show(desk: Desk) -> None:
    told = [json.loads(desk.run(command, PAGE[:-1], "--json").stdout) for command in ("explain", "show")]
    assert [each["candidates"][0]["canonical_url"] for each in told] == [PAGE, PAGE]
