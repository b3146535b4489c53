"""A child of the cage: reads calls from standard input, writes a result for each as it comes, under limits.

It catches nothing: a function that raises ends the child, and its parent reads why from standard error.
"""

import importlib
import math
import os
import pickle
import resource
import struct
from collections.abc import Callable
from typing import Any, BinaryIO

HEADER = struct.Struct(">Q")


def serve() -> None:
    """Serve calls until standard input is closed, which is when the cage ends."""
    calls, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while head := _read(calls, HEADER.size):
        name, documents, wall_s = pickle.loads(_read(calls, HEADER.unpack(head)[0]))
        function = _function(name)
        for arguments in documents:
            _limit_cpu(wall_s)
            result = pickle.dumps(function(*arguments))
            results.write(HEADER.pack(len(result)) + result)
            results.flush()


def _function(name: str) -> Callable[..., Any]:
    module, _, name = name.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def _read(stream: BinaryIO, size: int) -> bytes:
    return stream.read(size)


def _limit_cpu(wall_s: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + wall_s) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))
