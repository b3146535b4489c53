"""The first hour knows what to do with every block and command of every page, before anything is run."""

import sys
from pathlib import Path

import pytest

from docs._first_hour.__main__ import _walks
from docs._first_hour.deeds import Run, Skip, Write, Wrong, bare, commands, deeds
from docs._first_hour.printed import difference
from docs._first_hour.shell import Shell
from docs._first_hour.stand_ins import filled, hosts, placed
from docs._first_hour.walk import walk

WALKS, OF_NO_PAGE = _walks()


@pytest.mark.parametrize(("page", "done"), WALKS, ids=[page for page, _ in WALKS])
def test_every_block_of_a_page_is_run_written_or_left_out_for_a_reason(page: str, done: list[object]) -> None:
    assert [f"{page}:{deed.line}: {deed.message}" for deed in done if isinstance(deed, Wrong)] == []


def test_the_commands_of_the_readme_and_of_the_pages_are_run() -> None:
    ran = {deed.command for _, done in WALKS for deed in done if isinstance(deed, Run)}
    assert {"make demo", "newsdesk show dredging of inner basin", "newsdesk backup /mnt/backups"} <= ran


def test_no_page_asks_a_host_that_may_exist() -> None:
    for deed in (deed for _, done in [*WALKS, OF_NO_PAGE] for deed in done):
        if isinstance(deed, Run | Write):
            hosts(deed.command if isinstance(deed, Run) else deed.text)


def test_a_command_that_no_page_gives_is_run_bare() -> None:
    assert "newsdesk version" in {deed.command for deed in bare(set())}
    assert "newsdesk version" not in {deed.command for deed in bare({"newsdesk version --json"})}
    assert "newsdesk show" not in {deed.command for deed in bare(set())}  # it needs the name of an article


def test_a_command_in_a_sentence_is_run_once_where_it_has_arguments() -> None:
    given: set[str] = set()
    page = (
        'Give `newsdesk maintain`, or `newsdesk\nmaintain --full` (`newsdesk maintain --full`), `newsdesk sql "…"`.\n'
    )
    assert deeds(page, given) == [
        Run(1, "newsdesk maintain --full"),
        Skip(2, 'newsdesk sql "…"', "the reader fills it in"),
    ]
    assert deeds("`newsdesk maintain --full`\n", given) == []


def test_output_below_commands_belongs_to_the_last_of_them() -> None:
    page = "```sh\ncd a\nnewsdesk status\n```\n\n```text\nas of\n```\n"
    assert deeds(page, set()) == [Run(1, "cd a"), Run(1, "newsdesk status", "as of\n")]


def test_indented_commands_are_a_block() -> None:
    page = "So:\n\n    newsdesk forget --yes \\\n      a\n    cd b\n\nAnd:\n\n    keep_days = 3\n"
    assert deeds(page, set()) == [Run(3, "newsdesk forget --yes \\\n  a"), Run(3, "cd b")]


def test_marks_say_what_else_is_done() -> None:
    page = (
        "<!-- run: as sources/a.toml -->\n```toml\nname = 1\n```\n"
        "<!-- run: no, it needs R -->\n```r\nx\n```\n"
        "<!-- run: ends with 3 -->\n```sh\nnewsdesk health\n```\n"
        '`newsdesk status --watch`<!-- run: until it prints "as of" --> goes on.\n'
    )
    assert deeds(page, set()) == [
        Write(2, "sources/a.toml", "name = 1\n", False),
        Skip(6, "x", "it needs R"),
        Run(10, "newsdesk health", codes=(3,)),
        Run(13, "newsdesk status --watch", codes=(0, 130), until="as of"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "```text\nnewsdesk ingest --json\n```\n",
        "```toml\nname = 1\n```\n",
        "<!-- run: perhaps -->\n```sh\nnewsdesk status\n```\n",
        "```sh\nnewsdesk show TITLE\n```\n",
    ],
    ids=["a command in a block of text", "a file without a name", "an unknown mark", "an unknown place to fill in"],
)
def test_what_nobody_would_run_is_wrong(page: str) -> None:
    assert [type(deed) for deed in deeds(page, set())] == [Wrong]


def test_lines_of_a_crontab_and_queries_are_run() -> None:
    page = "```text\n*/15 * * * *  NEWSDESK_HOME=/var/lib/n newsdesk ingest\n```\n```sql\nSELECT 'a'\n```\n"
    ran = [deed.command for deed in deeds(page, set()) if isinstance(deed, Run)]
    assert ran == ["NEWSDESK_HOME=/var/lib/n newsdesk ingest", "newsdesk sql 'SELECT '\"'\"'a'\"'\"''"]


def test_a_command_goes_on_over_line_ends() -> None:
    assert commands("a \\\n  b\n\nc 'd\ne'\nf\n") == ["a \\\n  b", "c 'd\ne'", "f"]


def test_the_readers_words_and_places_are_filled_in() -> None:
    assert filled("newsdesk explain URL").endswith("-48213")
    assert filled("newsdesk sql 'SELECT URL'") == "newsdesk sql 'SELECT URL'"
    assert placed("newsdesk add https://a.example/x > /var/log/n; cat var/log/n", Path("/r")) == (
        "newsdesk add http://a.example/x > /r/var/log/n; cat var/log/n"
    )
    with pytest.raises(ValueError, match="may exist"):
        hosts("newsdesk add https://www.theguardian.com/")


def test_an_output_is_compared_without_times_and_sizes_but_with_counts() -> None:
    assert difference("4 files, 1.2 MB at 2026-11-30\n…\nend\n", "4 files, 3.4 MB at 2027-01-01\na\nb\nend\n") == ""
    assert "+5 files" in difference("4 files\n", "5 files\n")


def test_a_walk_tells_a_wrong_exit_code_and_another_output(tmp_path: Path) -> None:
    shell = Shell(tmp_path, {"PATH": "/usr/bin:/bin"}, [])
    shell.start(tmp_path)
    page = "```sh\ncd /\npwd\n```\n\n```text\n/usr\n```\n```sh\nfalse\ntrue\n```\n"
    walked = walk("page", deeds(page, set()), shell, tmp_path)
    assert (walked.ran, walked.compared) == (4, 1)
    assert [fault.splitlines()[:2] for fault in walked.faults] == [
        ["page:1: pwd", "--- the page"],
        ["page:9: false", "ended with 1:"],
    ]


def test_a_command_that_goes_on_is_ended_by_ctrl_c(tmp_path: Path) -> None:
    shell = Shell(tmp_path, {"PATH": "/usr/bin:/bin"}, [])
    shell.start(tmp_path)
    done = shell.run(
        f"{sys.executable} -c 'import time; print(\"begun\", flush=True); time.sleep(60)'", until="begun"
    )
    assert done.code == 130
    assert done.seconds < 30
