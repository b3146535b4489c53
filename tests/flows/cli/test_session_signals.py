"""Ctrl-C while a command writes to standard error."""

import subprocess
import sys

CHILD = """
import io, os, signal, sys
from flows.cli.session import stop_on_signals


class Interrupted(io.RawIOBase):
    # Standard error, to which Ctrl-C comes during the first write.
    begun = False

    def writable(self):
        return True

    def write(self, given):
        if not Interrupted.begun:
            Interrupted.begun = True
            signal.raise_signal(signal.SIGINT)
        return os.write(2, given)


sys.stderr = io.TextIOWrapper(io.BufferedWriter(Interrupted()), line_buffering=True)
with stop_on_signals("stopping") as stop:
    print("a line of a service", file=sys.stderr, flush=True)
print("stopped in order" if stop.wait(30) else "not asked to stop")
"""


def test_a_signal_in_the_middle_of_a_line_on_standard_error_stops_the_command_in_order() -> None:
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "stopped in order\n"), done.stderr[-500:]
    assert sorted(done.stderr.splitlines()) == ["a line of a service", "newsdesk: stopping (again: stop at once)"]


def test_a_signal_while_the_event_is_locked_sets_it_all_the_same() -> None:
    """`Event.set` in the handler would wait for ever for the lock that its own thread holds."""
    program = (
        "import os, signal\n"
        "from flows.cli.session import stop_on_signals\n"
        "with stop_on_signals('stopping') as stop:\n"
        "    with stop._cond:\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    print(stop.wait(30))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "True\n")
