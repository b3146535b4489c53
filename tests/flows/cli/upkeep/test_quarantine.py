"""`newsdesk quarantine`, as a user works off records that broke a rule: one source, two pages whose text stands where
no rule looks for it, until the source's file says so."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.support.desks import Desk
from tests.support.newsrooms import environment_for
from tests.support.sites.papers import Papers, items, open_papers
from tests.support.sites.raw_site import Visit, answer

LOW, LOWER = "http://one.test/low", "http://one.test/lower"
RULE = "body:string_too_short"


def hidden(visit: Visit) -> None:
    """An article whose text stands in a caption."""
    text = "".join(
        f"<p>Sentence {number} of {visit.path} says that {number} boats left the harbour before noon.</p>"
        for number in range(8)
    )
    head = f"<html><head><title>Boats of {visit.path}</title></head><body><article><h1>Boats of {visit.path}</h1>"
    body = f"<p>Gone fishing.</p></article><figcaption><div class='deck'>{text}</div></figcaption></body></html>"
    visit.send(answer((head + body).encode(), "Content-Type: text/html; charset=utf-8"))


class Worked(NamedTuple):
    """What the commands printed, in the order in which they were given."""

    waiting: list[dict[str, Any]]
    shown: str
    shown_json: list[dict[str, Any]]
    wrong: dict[tuple[str, ...], tuple[int, str]]
    code_again: int
    waiting_again: list[dict[str, Any]]
    waiting_after_drop: list[dict[str, Any]]
    drops: list[dict[str, Any]]
    code_replay: int
    waiting_at_last: list[dict[str, Any]]
    states: list[dict[str, Any]]
    code_dropped: int
    asked: list[Any]
    articles: list[str]
    unaccounted: Any
    explained: str


WRONG = {
    ("replay",): "name records, or say which by --source, --reason, --since or --run; --all means all that wait",
    ("list", "--reason", "bodi"): "no record in quarantine has the rule 'bodi'; did you mean 'body'?",
    ("list", "--source", "two"): "no record in quarantine has the source 'two'",
    ("show", LOW + "e"): f"no record in quarantine is named '{LOW}e'; did you mean '{LOW}",
    ("drop", LOW, "--why", " "): "--why must say why the records are dropped",
}


def listed(desk: Desk, *words: str) -> list[dict[str, Any]]:
    return desk.json("quarantine", "list", *words, "--json")  # type: ignore[return-value]  # JSON


def mend(papers: Papers) -> None:
    """Say in the source's file where the text stands."""
    file = papers.settings.sources / "one.toml"
    file.write_text(file.read_text() + '[select]\nbody = "div.deck"\n')


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    """One ingest, and a user who shows, replays too early, drops, mends the file, and replays."""
    pages = {"/low": hidden, "/lower": hidden}
    folder: Path = tmp_path_factory.mktemp("quarantine")
    with open_papers(folder, {"one": [items("/low", "/lower", "/good")]}, pages) as papers:
        desk = Desk(environment_for(papers.settings))
        papers.run()
        papers.site.asked.clear()
        waiting = listed(desk)
        shown, shown_json = desk.run("quarantine", "show", LOW).stdout, desk.json("quarantine", "show", LOW, "--json")
        wrong = {words: desk.run("quarantine", *words) for words in WRONG}
        again = desk.run("quarantine", "replay", str(waiting[1]["capture_id"])[:8])
        waiting_again = listed(desk)
        dropped = desk.run("quarantine", "drop", LOW, "--why", "a menu, no article", "--by", "Ada")
        assert dropped.returncode == 0, dropped.stderr
        waiting_after_drop = listed(desk)
        sql = "SELECT url, dropped_by, why FROM ops.quarantine_drops"
        drops = desk.json("sql", sql, "--format", "json")
        mend(papers)
        replayed = desk.run("quarantine", "replay", "--reason", "body")
        waiting_at_last, states = listed(desk), listed(desk, "--all")
        by_name = desk.run("quarantine", "replay", LOW)
        yield Worked(
            waiting,
            shown,
            shown_json,  # type: ignore[arg-type]  # JSON
            {words: (done.returncode, done.stderr) for words, done in wrong.items()},
            again.returncode,
            waiting_again,
            waiting_after_drop,
            drops,  # type: ignore[arg-type]  # JSON
            replayed.returncode,
            waiting_at_last,
            states,
            by_name.returncode,
            list(papers.site.asked),
            papers.articles("one"),
            desk.json("sql", "FROM reports.unaccounted_urls", "--format", "json"),
            desk.run("explain", LOWER).stdout,
        )


def test_the_list_has_what_broke_a_rule(worked: Worked) -> None:
    assert [(each["url"], each["rules"], each["state"]) for each in worked.waiting] == [
        (LOW, [RULE], "waiting"),
        (LOWER, [RULE], "waiting"),
    ]


def test_show_prints_the_rules_and_the_whole_record(worked: Worked) -> None:
    assert worked.shown_json[0]["record"]["body"] == "Gone fishing."
    assert f"broke {RULE}: body: " in worked.shown
    assert json.loads(worked.shown[worked.shown.index("{\n") :])["url"] == LOW


@pytest.mark.parametrize("words", WRONG)
def test_wrong_words_name_the_nearest_right_ones(worked: Worked, words: tuple[str, ...]) -> None:
    code, told = worked.wrong[words]

    assert code == 2
    assert WRONG[words] in told


def test_a_record_that_breaks_a_rule_again_waits_again_and_the_command_ends_with_1(worked: Worked) -> None:
    assert worked.code_again == 1
    runs = {each["url"]: each["run_id"] for each in worked.waiting_again}
    assert runs[LOW] == worked.waiting[0]["run_id"]
    assert runs[LOWER] != worked.waiting[1]["run_id"]
    assert len(worked.waiting_again) == 2


def test_a_dropped_record_is_off_the_list_and_keeps_who_and_why(worked: Worked) -> None:
    assert [each["url"] for each in worked.waiting_after_drop] == [LOWER]
    assert worked.drops == [{"url": LOW, "dropped_by": "Ada", "why": "a menu, no article"}]


def test_replay_loads_from_the_archive_what_a_mended_source_file_reads_rightly(worked: Worked) -> None:
    assert (worked.code_replay, worked.waiting_at_last, worked.asked) == (0, [], [])
    assert [(each["url"], each["state"]) for each in worked.states] == [
        (LOWER, "loaded"),
        (LOW, "dropped"),
        (LOWER, "loaded"),
    ]
    assert worked.explained.count("rule_broken") >= 2


def test_a_dropped_record_can_be_replayed_by_its_name(worked: Worked) -> None:
    assert worked.code_dropped == 0
    assert worked.articles == ["/good", "/low", "/lower"]


def test_no_url_is_unaccounted_for(worked: Worked) -> None:
    assert worked.unaccounted == []
