"""A program that feeds search indexes which die: it forks for each order (a line of JSON), and tells how it ended."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from tasks.pure.search import terms
from warehouse.search import feed
from warehouse.search.side_file import SideFile

feed.CHUNK_VERSIONS = 20


def attempt(order: dict[str, Any]) -> None:
    """Feed the index; die before the step of the number `kill_at` (0: do not)."""
    steps = 0

    def counted(method: Any) -> Any:
        def step(*given: Any, **named: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == order["kill_at"]:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*given, **named)

        return step

    for name in ("rows", "many", "put", "_end"):
        setattr(SideFile, name, counted(getattr(SideFile, name)))
    feed.catch_up(Path(order["folder"]), Path(order["reader"]), terms, engine=order["engine"])
    Path(order["steps"]).write_text(str(steps))


def main() -> None:
    """Until the input ends."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            attempt(json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}", flush=True)


if __name__ == "__main__":
    main()
