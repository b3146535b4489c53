"""What a hostile document makes a parser do; run in the cage by test_cage."""

import os
import resource
import sys
import time

IMPORTED_BY = os.getpid()
READY: list[int] = []


def double(number: int) -> int:
    """Answers."""
    return 2 * number


def make_ready() -> None:
    """Loads what documents are read with."""
    READY.append(os.getpid())


def made_ready_by(_: int) -> list[int]:
    """Tells which processes loaded it."""
    return READY


def double_or_crash(number: int) -> int:
    """Answers, but for the fourth and the ninth."""
    if number in (3, 8):
        crash(number)
    return 2 * number


def dawdle(seconds: float) -> float:
    """Takes its time."""
    time.sleep(seconds)
    return seconds


def process_id(_: int) -> int:
    """Tells which child ran it."""
    return os.getpid()


def hang(_: int) -> None:
    """Waits for ever."""
    while True:
        time.sleep(1)


def spin(_: int) -> None:
    """Burns the processor for ever."""
    while True:
        pass


def eat_memory(_: int) -> int:
    """Asks for more memory than the cage gives."""
    return len(bytearray(4 * 1024**3))


def crash(_: int) -> None:
    """Dies as a parser in C does."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.abort()


def stumble(_: int) -> None:
    """Raises what nobody foresaw."""
    raise ValueError("the 3rd <b> is not what it seems")


def chatter(_: int) -> str:
    """Prints where the results go."""
    print("x" * 100_000)
    print("y" * 100_000, file=sys.stderr)
    return "said"


def imported_by(_: int) -> int:
    """The process that imported this module."""
    return IMPORTED_BY


def parent_id(_: int) -> int:
    """The process that the child came from."""
    return os.getppid()
