"""Logs: one line an event, whatever it holds."""

import json
import logging
from collections.abc import Iterator

import pytest

from flows.running.logs import OURS, set_up_logs
from tasks.machine.log import tell

NASTY = "first\nsecond\x1b[2Jthird\x00\u202e"


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    before = {name: (list((its := logging.getLogger(name)).handlers), its.level, its.propagate) for name in OURS}
    yield
    for name, (handlers, level, propagate) in before.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_json_is_one_object_a_line_without_control_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    tell(logging.INFO, "finding", source="gazette", message=NASTY, observed=0.5, low=None)
    logging.getLogger("warehouse.database.connection").warning("plain %s", NASTY)
    lines = capsys.readouterr().err.splitlines()
    assert not any(ord(char) < 32 or ord(char) == 127 for line in lines for char in line)
    first, second = map(json.loads, lines)
    assert (first["event"], first["message"], first["observed"], "low" in first) == ("finding", NASTY, 0.5, False)
    assert (second["logger"], second["level"]) == ("warehouse.database.connection", "warning")


def test_an_error_carries_its_traceback_in_the_same_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    try:
        1 // 0  # noqa: B018  raises
    except ZeroDivisionError:
        logging.getLogger("tasks.ingest.load").exception("broken")
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError" in json.loads(line)["error"]


def test_people_see_what_they_must_act_on_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    tell(logging.INFO, "stage ends", stage="load")
    tell(logging.WARNING, "finding", message=NASTY)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("WARNING newsdesk finding message=first second")


def test_setting_up_twice_writes_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    set_up_logs("json")
    tell(logging.INFO, "run begins")
    assert len(capsys.readouterr().err.splitlines()) == 1
