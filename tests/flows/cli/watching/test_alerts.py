"""`newsdesk alerts`: servers on loopback get the messages, once each, and a dead one costs a run nothing."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.items.incident import Closing
from schemas.runs.batch import BatchLedger
from tasks.demo_site import Newsroom, sources_path
from tests.support.desks import NEWSDESK, Desk
from tests.support.newsrooms import environment_for, settings_for
from tests.support.sites.alert_servers import MailServer, Webhook, open_smtp, open_webhook, silent_port
from tests.support.warehouse.batch_samples import batch
from tests.support.warehouse.loading import load_batch
from warehouse.database.connection import Warehouse

WAIT_S = 90.0
NO_ROOM = {"NEWSDESK_DISK_FLOOR_MB": str(10**9)}


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(datetime.now(UTC).replace(microsecond=0)) as room:
        yield room


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with open_webhook() as server:
        yield server


@pytest.fixture
def smtp() -> Iterator[MailServer]:
    with open_smtp() as server:
        yield server


def desk_of(tmp_path: Path, newsroom: Newsroom, routes: str, **environment: str) -> Desk:
    """A home with these routes and one source of the newsroom; a run in it takes seconds."""
    home, sources = tmp_path / "var", tmp_path / "sources"
    home.mkdir()
    sources.mkdir()
    (sources / "talblick.toml").write_text((sources_path() / "talblick.toml").read_text())
    (home / "alerts.toml").write_text(routes)
    plain = environment_for(settings_for(home, newsroom, sources=sources))
    return Desk(plain | environment)


def until(is_so: Callable[[], object]) -> None:
    """Wait for a process that a run has started."""
    ends_at = time.monotonic() + WAIT_S
    while not is_so():
        assert time.monotonic() < ends_at
        time.sleep(0.2)


def logged(desk: Desk) -> list[dict[str, Any]]:
    found = desk.json("alerts", "log", "--json")
    assert isinstance(found, list)
    return found


def states(desk: Desk) -> list[str]:
    return [row["state"] for row in logged(desk)]


def test_mail_webhook_and_ntfy_get_a_test_and_no_secret_is_printed(
    tmp_path: Path, newsroom: Newsroom, hook: Webhook, smtp: MailServer
) -> None:
    routes = (
        f'[routes.hook]\nurl = "json://{hook.host}/news/${{TOKEN}}"\n[routes.phone]\nurl = "ntfy://{hook.host}/desk"\n'
        f'[routes.mail]\nurl = "mailto://desk:${{SMTP_PASSWORD}}@127.0.0.1:{smtp.port}'
        '?from=newsdesk@paper.example&to=desk@paper.example&mode=insecure"\n'
    )
    desk = desk_of(tmp_path, newsroom, routes, TOKEN="s3cr3t-t0ken", SMTP_PASSWORD="p@ss:w/rd")
    done = desk.run("alerts", "test")
    assert (done.returncode, done.stdout) == (0, "hook: sent\nphone: sent\nmail: sent\n"), done.stderr
    assert sorted(posted.path for posted in hook.posted) == ["/", "/news/s3cr3t-t0ken"]
    assert [(mail.sender, mail.recipients) for mail in smtp.mails] == [
        ("newsdesk@paper.example", ["desk@paper.example"])
    ]
    assert "Subject: newsdesk: a test" in smtp.mails[0].text
    for words in (("alerts", "list"), ("alerts", "list", "--json"), ("alerts", "log")):
        listed = desk.run(*words)
        assert listed.returncode == 0, listed.stderr
        assert not any(secret in listed.stdout + listed.stderr for secret in ("s3cr3t", "p@ss", "127.0.0.1"))


def test_a_failed_run_is_told_once_and_the_end_of_it_once(tmp_path: Path, newsroom: Newsroom, hook: Webhook) -> None:
    desk = desk_of(tmp_path, newsroom, f'[routes.hook]\nurl = "json://{hook.host}/"\n')
    assert desk.run("ingest", **NO_ROOM).returncode == 4
    until(lambda: len(hook.posted) == 1 and states(desk) == ["sent"])
    assert desk.run("ingest", **NO_ROOM).returncode == 4
    assert desk.run("alerts", "send").returncode == 0
    assert desk.run("ingest").returncode == 0
    until(lambda: len(hook.posted) == 2)
    desk.run("alerts", "send")
    titles = [posted.body["title"] for posted in hook.posted]
    assert titles == ["warning: ingest", "warning: ingest"]
    assert "MiB are free" in hook.posted[0].body["message"]
    assert hook.posted[1].body["message"].startswith("over after")
    assert [posted.body["type"] for posted in hook.posted] == ["warning", "success"]
    assert desk.run("publish").returncode == 0
    rows = json.loads(
        desk.run("sql", "--format", "json", "SELECT phase, state FROM ops.alerts ORDER BY made_at").stdout
    )
    assert rows == [{"phase": "opened", "state": "sent"}, {"phase": "over", "state": "sent"}]


def test_a_finding_is_told_when_it_opens_and_when_it_is_over(
    tmp_path: Path, newsroom: Newsroom, hook: Webhook
) -> None:
    desk = desk_of(tmp_path, newsroom, f'[routes.hook]\nurl = "json://{hook.host}/"\nwhat = ["finding"]\n')
    wrong = tmp_path / "sources" / "harbour-gazette.toml"
    wrong.write_text('name = "Harbour Gazette <!channel>"\nfeed = ["x"]\n')
    assert desk.run("ingest").returncode == 3
    until(lambda: len(hook.posted) == 1)
    assert hook.posted[0].body["title"] == "warning: source_file_wrong harbour-gazette"
    assert "harbour-gazette.toml" in hook.posted[0].body["message"]
    wrong.unlink()
    now = datetime.now(UTC)
    (row,) = json.loads(desk.run("sql", "--format", "json", "SELECT source, code, about FROM ops.incidents").stdout)
    over = Closing(**row, at=now, run_id="later", who="ingest", why="the file is right")
    with Warehouse(settings_for(tmp_path / "var", newsroom).warehouse_url) as warehouse:
        load_batch(warehouse, batch([], "closing", ledger=BatchLedger(closings=(over,))), now)
    assert desk.run("publish").returncode == 0
    until(lambda: len(hook.posted) == 2)
    assert hook.posted[1].body["message"].startswith("over after")
    assert hook.posted[1].body["message"].endswith("(the file is right)")


def test_of_processes_that_send_at_once_one_sends(tmp_path: Path, newsroom: Newsroom, hook: Webhook) -> None:
    desk = desk_of(tmp_path, newsroom, f'[routes.hook]\nurl = "json://{hook.host}/"\n[missing]\ningest = "1s"\n')
    time.sleep(1.5)

    def send(_: int) -> int:
        own = Desk(desk.environment, desk.folder)
        return run_apart(own, "alerts", "send")

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(send, range(3))) == [0, 0, 0]
    assert len(hook.posted) == 1
    assert "none ever did" in hook.posted[0].body["message"]


def run_apart(desk: Desk, *words: str) -> int:
    """In a process of its own, beside others."""
    return subprocess.run([NEWSDESK, *words], env=desk.environment, capture_output=True, timeout=WAIT_S).returncode


def test_a_server_that_never_answers_costs_a_run_no_second(tmp_path: Path, newsroom: Newsroom) -> None:
    with silent_port() as port:
        desk = desk_of(tmp_path, newsroom, f'[routes.dead]\nurl = "json://127.0.0.1:{port}/?rto=60"\n')
        began = time.monotonic()
        assert desk.run("ingest", **NO_ROOM).returncode == 4
        took_s = time.monotonic() - began
        until(lambda: logged(desk) != [])
        assert took_s < 60, "the run waited for the server"
        assert states(desk) in (["sending"], ["waiting"])


def test_what_a_server_refuses_is_tried_again_and_the_reason_is_kept(
    tmp_path: Path, newsroom: Newsroom, hook: Webhook
) -> None:
    hook.status = 500
    desk = desk_of(tmp_path, newsroom, f'[routes.hook]\nurl = "json://{hook.host}/T0KEN"\n[missing]\ningest = "1s"\n')
    time.sleep(1.5)
    done = desk.run("alerts", "send")
    assert done.returncode == 3
    assert "1 failed" in done.stdout
    (row,) = logged(desk)
    assert (row["state"], row["attempts"]) == ("waiting", 1)
    assert "500" in row["error"] or "Internal Server Error" in row["error"]
    assert "T0KEN" not in row["error"]
    assert desk.run("alerts", "send").returncode == 0
    assert len(hook.posted) == 1, "it is not due yet"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[routes.a]\nurl = "ntfyy://h/t"\n',
            "alerts.toml:2: routes.a.url: no service has the scheme 'ntfyy'; did you mean ntfy://?",
        ),
        ('[routes.a]\nurl = "mailto://"\n', "alerts.toml:2: routes.a.url: it is no address of"),
        ('[routes.a]\nurl = "ntfy://${NOT_SET}@h/t"\n', "alerts.toml:2: the variable NOT_SET is not set"),
        ('[routes.a]\nulr = "ntfy://h/t"\n', "alerts.toml:2: unknown key 'routes.a.ulr'; did you mean 'url'?"),
        (
            '[templates]\ntitle = "{sauce}"\n',
            "alerts.toml:2: templates.title = '{sauce}': unknown placeholder {sauce}; did you mean 'source'?",
        ),
        ("", "there is no route in it"),
    ],
)
def test_a_wrong_file_ends_with_the_code_of_wrong_files(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text(text)
    done = Desk({"NEWSDESK_HOME": str(tmp_path)}).run("alerts", "list")
    assert done.returncode == 4
    assert told in done.stderr


def test_a_route_that_there_is_not_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "alerts.toml").write_text('[routes.desk]\nurl = "ntfy://h/t"\n')
    done = Desk({"NEWSDESK_HOME": str(tmp_path)}).run("alerts", "test", "dsek")
    assert (done.returncode, "did you mean 'desk'?" in done.stderr) == (2, True)


def test_a_wrong_file_is_told_by_a_run_which_is_none_the_worse(tmp_path: Path, newsroom: Newsroom) -> None:
    desk = desk_of(tmp_path, newsroom, '[routes.a]\nulr = "ntfy://h/t"\n')
    done = desk.run("ingest")
    assert done.returncode == 0
    assert "no alert is sent" in done.stderr
    assert "did you mean 'url'?" in done.stderr


def test_the_file_beside_newsdesk_toml_is_read_and_two_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "newsdesk.toml").write_text('home = "var"\n')
    (tmp_path / "alerts.toml").write_text('[routes.desk]\nurl = "json://127.0.0.1:9/"\n')
    desk = Desk({"NEWSDESK_SETTINGS": str(tmp_path / "newsdesk.toml")})
    assert "desk" in desk.run("alerts", "list").stdout
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "alerts.toml").write_text("")
    done = desk.run("alerts", "list")
    assert (done.returncode, "two files of routes" in done.stderr) == (4, True)


def test_a_dead_man_switch_is_asked_after_an_ingest_that_went_well_and_after_no_other(
    tmp_path: Path, newsroom: Newsroom, hook: Webhook
) -> None:
    desk = desk_of(tmp_path, newsroom, "", NEWSDESK_PING_URL=f"http://{hook.host}/ping/s3cr3t")
    assert desk.run("ingest", **NO_ROOM).returncode == 4
    assert desk.run("ingest").returncode == 0
    until(lambda: hook.posted != [])
    assert [(posted.method, posted.path) for posted in hook.posted] == [("GET", "/ping/s3cr3t")]
    assert "s3cr3t" not in desk.run("settings").stdout
