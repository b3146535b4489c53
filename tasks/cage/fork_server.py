"""The fork_server: one process that imports what the cage's children need, once, and forks them when asked.

It speaks over the socket on its standard input: `F` with three descriptors asks for a child (answered by its
process id), `W` and an id for the exit code of one that has ended, negative for a signal. It ends with the
socket. It has one thread, so that a fork is safe.
"""

import array
import gc
import importlib
import os
import resource
import socket
import struct
import sys

from tasks.cage.child_main import serve

MESSAGE = struct.Struct(">cq")
ANSWER = struct.Struct(">q")
DESCRIPTORS = 3
COLLECT_AT = 50_000, 20, 20
"""Thresholds of the cyclic garbage collector: a page leaves almost no cycles, and with the default of 700 collection
took 5 % of a child's time."""


def main(memory_mb: int, preload: list[str]) -> None:
    """Import, then fork children and wait for them until the socket is closed, which is when the cage ends."""
    gc.disable()  # What is imported is never garbage.
    for name in preload:
        _load(name)
    gc.freeze()  # The collector would touch, and so copy, the pages that children share.
    gc.set_threshold(*COLLECT_AT)
    gc.enable()
    with socket.socket(fileno=os.dup(0)) as asked:
        while received := _receive(asked):
            order, pid, handles = received
            answer = _fork(asked, handles, memory_mb) if order == b"F" else _wait(pid)
            asked.sendall(ANSWER.pack(answer))


def _load(name: str) -> None:
    """Import a module, or call one of its functions (`module:name`)."""
    module, _, function = name.partition(":")
    its = importlib.import_module(module)
    if function:
        getattr(its, function)()


def _receive(asked: socket.socket) -> tuple[bytes, int, list[int]] | None:
    room = socket.CMSG_LEN(DESCRIPTORS * array.array("i").itemsize)
    message, ancillary, _, _ = asked.recvmsg(MESSAGE.size, room)
    if len(message) < MESSAGE.size:
        return None
    handles = array.array("i")
    for _, _, raw in ancillary:
        handles.frombytes(raw)
    return *MESSAGE.unpack(message), handles.tolist()


def _fork(asked: socket.socket, handles: list[int], memory_mb: int) -> int:
    pid = os.fork()
    if pid == 0:
        asked.close()
        for target, handle in enumerate(handles):
            os.dup2(handle, target)
            os.close(handle)
        limit = memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        serve()
        sys.exit(0)
    for handle in handles:
        os.close(handle)
    return pid


def _wait(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
