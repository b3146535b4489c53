"""The supervisor: services are kept running, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from schemas.errors import NewsdeskError
from schemas.runs.installation import Service
from tasks.machine.supervise import SupervisedService, run_once, wait_until
from tests.support.repository import ROOT

STUBBORN = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up'); time.sleep(60)"
FAMILY = "import subprocess,sys,time; p=subprocess.Popen(['sleep','60'],start_new_session=True); print(p.pid)"
ABANDONS = f"""
import sys
from tasks.machine.supervise import SupervisedService, no_process_left, start_process
from schemas.runs.installation import Service
with no_process_left():
    process = start_process(Service(name='family', command=(sys.executable, '-c', {FAMILY!r}), environment={{}}))
    print(process.stdout.readline(), flush=True)
    process.wait()
"""
DIES = """
import sys, time
from tasks.machine.supervise import start_process
from schemas.runs.installation import Service
process = start_process(Service(name='s', command=('sleep', '60'), environment={}))
print(process.pid, flush=True)
time.sleep(60)
"""


class Lines(list[str]):
    """What services said."""

    def say(self, name: str, line: str) -> None:
        self.append(line)


def service(text: str) -> Service:
    return Service(
        name="s", command=(sys.executable, "-c", text), environment={"GIVEN": "word", "PYTHONUNBUFFERED": "1"}
    )


def soon(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_service_that_is_killed_is_started_again() -> None:
    lines = Lines()
    keeper = SupervisedService(service("import os,time; print(os.getpid(), flush=True); time.sleep(60)"), lines.say)
    keeper.start()
    soon(lambda: len(lines) == 1)
    os.kill(int(lines[0]), signal.SIGKILL)
    soon(lambda: len(lines) == 3)
    keeper.stop()
    assert lines[1] == "ended with -9; started again in 1 s"
    assert is_gone(int(lines[0]))
    assert is_gone(int(lines[2]))


def test_a_service_gets_its_environment_and_its_lines_are_passed_on() -> None:
    lines = Lines()
    run_once(service("import os; print(os.environ['GIVEN']); print()"), lines.say, threading.Event())
    keeper = SupervisedService(
        service("import os,time; print(os.environ['GIVEN'],flush=True); time.sleep(60)"), lines.say
    )
    keeper.start()
    soon(lambda: "word" in lines)
    keeper.stop()


def test_a_service_that_does_not_end_is_killed() -> None:
    lines = Lines()
    keeper = SupervisedService(service(STUBBORN), lines.say)
    keeper.start()
    soon(lambda: "up" in lines)
    keeper.stop(grace_s=0.3)
    assert lines[-1] == "killed: it did not end within 0.3 s"


def test_a_command_that_fails_tells_its_last_lines() -> None:
    with pytest.raises(NewsdeskError, match="exit code 3:\nno database there"):
        run_once(service("print('no database there'); raise SystemExit(3)"), Lines().say, threading.Event())


def test_a_service_that_ends_before_it_answers_is_not_waited_for() -> None:
    keeper = SupervisedService(service("raise SystemExit(1)"), Lines().say)
    keeper.start()
    with pytest.raises(NewsdeskError, match="ended before it answered"):
        wait_until(lambda: False, keeper, "the server", 60, threading.Event())
    keeper.stop()


def test_a_process_whose_parent_is_gone_is_ended_too() -> None:
    done = subprocess.run([sys.executable, "-c", ABANDONS], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert is_gone(int(done.stdout))


def test_services_end_where_their_supervisor_is_killed() -> None:
    process = subprocess.Popen([sys.executable, "-c", DIES], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pid = int(process.stdout.readline())
    process.kill()
    process.communicate()
    soon(lambda: is_gone(pid))
