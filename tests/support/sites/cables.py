"""A cable: TCP on loopback to a server, which a test can cut, let fall silent, and mend."""

import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

RESET = struct.pack("ii", 1, 0)
PIECE = 65_536
LOOK_S = 0.1


class Cable:
    """Passes on what comes to `port` to the server at `target`, and back. Cut, it resets every connection and refuses
    further ones, as when the machine at the other end is gone; silent, it takes connections and bytes and passes on
    nothing, as when packets are lost on the way."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self._passes = threading.Event()
        self._passes.set()
        self._closed = threading.Event()
        self._cut = threading.Event()
        self.passed = 0
        """Connections that were taken so far."""
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Reset every connection; refuse further ones."""
        self._cut.set()
        self._listener.close()
        with self._lock:
            ends, self._ends = self._ends, set()
        for end in ends:
            _reset(end)

    def silence(self) -> None:
        """Pass on nothing."""
        self._passes.clear()

    def mend(self) -> None:
        """As before. What was under way when it was cut stays lost; what it kept to itself is passed on."""
        self._passes.set()
        if self._cut.is_set():
            self._listener = socket.create_server(("127.0.0.1", self.port))
            self._cut.clear()
            threading.Thread(target=self._take, daemon=True).start()

    def close(self) -> None:
        """Let everything go."""
        self._closed.set()
        self._passes.set()
        self.cut()

    def _take(self) -> None:
        listener = self._listener
        with suppress(OSError, ValueError):  # The listener was closed: that is how it ends.
            while not self._closed.is_set() and listener is self._listener:
                if not select.select([listener], [], [], LOOK_S)[0]:
                    continue
                here, _ = listener.accept()
                self.passed += 1
                threading.Thread(target=self._join, args=(here,), daemon=True).start()

    def _join(self, here: socket.socket) -> None:
        self._wait()
        try:
            there = socket.create_connection(("127.0.0.1", self._target), timeout=30)
        except OSError:
            _reset(here)
            return
        there.settimeout(None)
        with self._lock:
            self._ends |= {here, there}
        back = threading.Thread(target=self._pump, args=(there, here), daemon=True)
        back.start()
        self._pump(here, there)
        back.join()
        with self._lock:
            self._ends -= {here, there}
        for end in (here, there):
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError, ValueError):  # Either end is gone: the other is to learn of it.
            while piece := self._read(source):
                sink.sendall(piece)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _read(self, source: socket.socket) -> bytes:
        while not select.select([source], [], [], LOOK_S)[0]:
            if self._closed.is_set():
                return b""
        self._wait()
        return source.recv(PIECE)

    def _wait(self) -> None:
        while not self._passes.wait(LOOK_S) and not self._closed.is_set():
            pass


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.close()


@contextmanager
def cable(target: int) -> Iterator[Cable]:
    """A cable to the port of loopback, whole."""
    its = Cable(target)
    try:
        yield its
    finally:
        its.close()
