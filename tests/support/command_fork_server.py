"""`newsdesk` commands, each in a process of its own, forked from this one, which has imported the program.

A start costs some 5 s of CPU before anything is done, nearly all of it imports. What is forked is otherwise the real
command: its own environment, folder, outputs and exit, and it ends as an interpreter ends. Orders are lines of
JSON on standard input; the answer to each is a line with the exit code, or with null where its time was up.
"""

import atexit
import importlib
import json
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, NoReturn

PROGRAM = (
    "flows.cli.group",
    "flows.backfill",
    "flows.health",
    "flows.ingest",
    "flows.maintain",
    "flows.publish",
    "flows.rebuild",
    "flows.replay",
    "schemas.quality.expectations",
    "tasks.pure.article.build",
    "tasks.pure.listings.read",
    "warehouse.tables.copy",
    "warehouse.reader.publish",
)


def serve_orders() -> dict[str, Any] | None:
    """Fork until the orders end: None then, and in a fork the order that it is to carry out."""
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        pid = os.fork()
        if pid == 0:
            return order
        print(json.dumps(_await(pid, order["timeout_s"])), flush=True)
    return None


def take_order(order: dict[str, Any]) -> None:
    """Take on the order's environment, folder, words and outputs."""
    os.setsid()
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()  # A new process would read TZ when it starts.
    os.chdir(order["folder"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, handle in enumerate(
        (nothing, os.open(order["out"], os.O_WRONLY), os.open(order["err"], os.O_WRONLY))
    ):
        os.dup2(handle, target)
        os.close(handle)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  # the process ends with it
    sys.argv = order["words"]


def run_and_exit(main: Callable[[], None]) -> NoReturn:
    """Run the program and exit with its code. Threads are waited for and exit handlers run, as ever; destructors
    of C++ libraries are not: in a fork they would wait for threads that only the parent has."""
    code: object = None
    try:
        main()
    except SystemExit as done:
        code = done.code
    threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter calls at its end
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _await(pid: int, timeout_s: float) -> int | None:
    ended = os.pidfd_open(pid)
    try:
        is_over = bool(select.select([ended], [], [], timeout_s)[0])
        if not is_over:
            os.killpg(pid, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return code if is_over else None
    finally:
        os.close(ended)


if __name__ == "__main__":
    for name in PROGRAM:
        importlib.import_module(name)
    commands = sys.modules["flows.cli.commands"]
    for path in (*(each.path for each in commands.COMMANDS.values()), *commands.BESIDE_SOURCES.values()):
        importlib.import_module(f"flows.cli.{path.rpartition('.')[0]}")
    for each in commands.GROUPS.values():
        importlib.import_module(f"flows.cli.{each.path}")
    assert threading.active_count() == 1, "a fork of several threads is not safe"
    taken = serve_orders()
    if taken:
        take_order(taken)
        run_and_exit(sys.modules["flows.cli.group"].main)
