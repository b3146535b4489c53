"""OpenTelemetry's SDK and exporter as a user adds them, in a folder of their own made by `make telemetry`; and a
collector that keeps what it is sent."""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.support.repository import ROOT

FOLDER = ROOT / ".tools" / "telemetry"
DECODER = """
import json, sys
from google.protobuf.json_format import MessageToDict
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
bodies = [bytes.fromhex(line) for line in sys.stdin.read().split()]
print(json.dumps([MessageToDict(ExportTraceServiceRequest.FromString(body)) for body in bodies]))
"""


@cache
def sdk_folder() -> Path:
    """Where the SDK is; skips where the index is out of reach, but never in CI."""
    FOLDER.parent.mkdir(exist_ok=True)
    with (FOLDER.parent / "telemetry.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = subprocess.run(["make", "telemetry"], cwd=ROOT, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = f"OpenTelemetry's SDK could not be fetched: {made.stderr[-500:]}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return FOLDER


class Collector:
    """What was posted to it: the path and the body of each request."""

    def __init__(self, port: int, posted: list[tuple[str, bytes]]) -> None:
        self.endpoint = f"http://127.0.0.1:{port}"
        self.posted = posted

    def spans(self) -> list[dict[str, Any]]:
        """The spans as plain values, attributes by name; decoded by OpenTelemetry's own types."""
        lines = "\n".join(body.hex() for path, body in self.posted if path == "/v1/traces")
        environment = os.environ | {"PYTHONPATH": str(sdk_folder())}
        words = [sys.executable, "-c", DECODER]
        done = subprocess.run(words, input=lines, env=environment, capture_output=True, text=True, check=True)
        scopes = [s for request in json.loads(done.stdout) for r in request["resourceSpans"] for s in r["scopeSpans"]]
        return [
            {**span, "scope": scope["scope"]["name"], "attributes": _plain(span)}
            for scope in scopes
            for span in scope["spans"]
        ]


def _plain(span: dict[str, Any]) -> dict[str, Any]:
    return {each["key"]: _value(each["value"]) for each in span.get("attributes", ())}


def _value(value: dict[str, Any]) -> Any:
    ((kind, plain),) = value.items()
    return [_value(each) for each in plain.get("values", ())] if kind == "arrayValue" else plain


@contextmanager
def collector() -> Iterator[Collector]:
    """An OTLP/HTTP collector on loopback."""
    posted: list[tuple[str, bytes]] = []

    class Reply(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Reply) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Collector(server.server_address[1], posted)
        finally:
            server.shutdown()
