"""`newsdesk explain` after `newsdesk demo`, as a user gives the two commands."""

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
    ("Choir finds shanty", "removed by boxes: a card, which is a link and little else"),
    ("Record number of seal pups", "removed by boxes: a card, which is a link and little else"),
    ("Allotment holders and cricketers", "removed by boxes: a card, which is a link and little else"),
    ("About us · Contact the newsroom", "removed by boxes: a card, which is a link and little else"),
    ("The Harbour Gazette", "outside <article class='story'>, taken for the article"),
    ("Advertisement", "outside <article class='story'>, taken for the article"),
    ("By Jonah Pryce", "trafilatura did not select it: it removes elements with the class 'story__meta'"),
    ("The Morning Tide", "trafilatura did not select it: it removes <form>"),
    ("More from the Gazette", "outside <article class='story'>, taken for the article"),
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
