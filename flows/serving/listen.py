"""Listens until Ctrl-C."""

import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from flows.serving.app import app_of
from schemas.errors import RefusedError
from schemas.settings import Settings


def listen(settings: Settings, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Answer on the address until a signal ends it; 0: a free port. `tell` gets the address of the first page once
    it answers. Raises `RefusedError` where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(socket.SOMAXCONN)  # Who asks at once waits until the application is there.
        except OSError as error:
            raise RefusedError(f"cannot listen on {host}:{port}: {error.strerror}; name another --port") from error
        shown = f"[{host}]" if ":" in host else host
        tell(f"http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
        config = uvicorn.Config(
            app_of(settings, shown),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
        with suppress(KeyboardInterrupt):  # Raised again by uvicorn once it has shut down: the usual end of a server.
            uvicorn.Server(config).run([listener])
