"""The direct runner: promises are settled in order and a failure stays in its own line."""

import sys
import threading

import pytest

from flows.running.choose import flow, server_answers
from flows.running.direct import DirectRunner
from flows.running.protocol import Ready
from schemas.errors import NewsdeskError


def double(number: int) -> int:
    return 2 * number


def fail(_: int) -> int:
    raise NewsdeskError("the third stage broke")


def less(number: int, result: int) -> int:
    return number - result


def test_the_result_of_the_step_before_is_the_last_argument() -> None:
    runner = DirectRunner(2)
    assert runner.submit_after(runner.submit(double, 3, label="a"), less, 10, label="a").result() == 4
    assert runner.submit_after(Ready(3), less, 10, label="a").result() == 7
    runner.close()


def test_more_waiting_steps_than_threads_still_finish() -> None:
    runner = DirectRunner(2)
    firsts = [runner.submit(double, n, label="") for n in range(50)]
    seconds = [runner.submit_after(first, double, label="") for first in firsts]
    thirds = [runner.submit_after(second, double, label="") for second in seconds]
    assert [third.result() for third in thirds] == [8 * n for n in range(50)]
    runner.close()


def test_what_waits_for_a_slow_step_holds_up_no_other() -> None:
    runner, slow = DirectRunner(2), threading.Event()
    held = runner.submit(slow.wait, 60, label="slow")
    later = [runner.submit_after(held, less, 1, label="slow") for _ in range(5)]
    quick = runner.submit_after(runner.submit(double, 4, label="quick"), double, label="quick")
    assert quick.result(timeout=30) == 16
    slow.set()
    assert [each.result(timeout=30) for each in later] == [0] * 5
    runner.close()


def test_a_closed_runner_drops_what_has_not_begun() -> None:
    runner, slow = DirectRunner(1), threading.Event()
    held = runner.submit(slow.wait, 60, label="slow")
    later = runner.submit_after(runner.submit_after(held, less, 1, label="slow"), double, label="slow")
    closing = threading.Thread(target=runner.close)
    closing.start()
    closing.join(0.1)  # Long enough to be waiting for the step that runs.
    slow.set()
    closing.join(30)
    assert later.cancelled()


def test_a_failed_step_fails_what_waits_for_it_and_nothing_else() -> None:
    runner = DirectRunner(2)
    failed = runner.submit_after(runner.submit(fail, 1, label=""), double, label="")
    well = runner.submit(double, 4, label="")
    with pytest.raises(NewsdeskError, match="third stage"):
        failed.result()
    assert well.result() == 8
    runner.close()


def test_close_leaves_no_thread() -> None:
    before = threading.active_count()
    runner = DirectRunner(3)
    runner.submit(double, 1, label="").result()
    runner.close()
    assert threading.active_count() == before


def test_without_prefect_loaded_a_flow_is_its_bare_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "prefect", raising=False)
    assert flow(double) is double


@pytest.mark.parametrize("url", ["", "nonsense", "http://127.0.0.1:1/api"])
def test_no_server_answers_where_there_is_none(url: str) -> None:
    assert not server_answers(url)
