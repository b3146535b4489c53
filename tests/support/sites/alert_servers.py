"""Servers on loopback that take alerts: an SMTP server, and an HTTP server for webhooks and as a stand-in for
ntfy."""

import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Posted(NamedTuple):
    """One request: its method, path, and body as JSON (None: it had none)."""

    method: str
    path: str
    body: Any


class Webhook:
    """An HTTP server that keeps what it is sent, and answers with `status`; `stops` makes it never answer."""

    def __init__(self) -> None:
        self.posted: list[Posted] = []
        self.status = 200
        self.stops = threading.Event()
        self.ended = threading.Event()
        hook = self

        class Taker(BaseHTTPRequestHandler):
            """Takes one request."""

            def do_POST(self) -> None:
                """Keep it, and answer."""
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                hook.posted.append(Posted(self.command, self.path, json.loads(body) if body else None))
                if hook.stops.is_set():
                    hook.ended.wait(60)
                self.send_response(hook.status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST

            def log_message(self, format: str, *arguments: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
        self.port = self._server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop it."""
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def open_webhook() -> Iterator[Webhook]:
    """The HTTP server."""
    hook = Webhook()
    try:
        yield hook
    finally:
        hook.close()


class Mail(NamedTuple):
    """One message as SMTP brought it: the envelope's addresses, and the text with its headers."""

    sender: str
    recipients: list[str]
    text: str


class _Session(socketserver.StreamRequestHandler):
    """The words of RFC 5321 that a client needs to hand a message over, and AUTH PLAIN and LOGIN, which take
    anyone."""

    def handle(self) -> None:
        """One session."""
        sender, recipients = "", list[str]()
        self._say("220 loopback")
        while line := self.rfile.readline().decode("utf-8", "replace").strip():
            word = line.partition(" ")[0].upper()
            if word == "EHLO":
                self._say("250-loopback\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")
            elif word == "AUTH":
                self._say("235 welcome")
            elif word == "MAIL":
                sender = line.partition("<")[2].partition(">")[0]
                self._say("250 ok")
            elif word == "RCPT":
                recipients.append(line.partition("<")[2].partition(">")[0])
                self._say("250 ok")
            elif word == "DATA":
                self._say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                text = b"".join(lines).decode("utf-8", "replace")
                self.server.mails.append(Mail(sender, recipients, text))  # type: ignore[attr-defined]  # see open_smtp
                self._say("250 taken")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(NamedTuple):
    """Its port, and the mails that it took."""

    port: int
    mails: list[Mail]


@contextmanager
def open_smtp() -> Iterator[MailServer]:
    """An SMTP server that takes every mail."""
    mails: list[Mail] = []
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session)
    server.daemon_threads = True
    server.mails = mails  # type: ignore[attr-defined]  # what its sessions share
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield MailServer(server.server_address[1], mails)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def silent_port() -> Iterator[int]:
    """A port where connections are taken and never answered."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield int(listener.getsockname()[1])
