"""Opens pages in a Chromium without a screen over its DevTools protocol: at a width, dark or for print, with what the
browser said and asked for meanwhile."""

import base64
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

from tests.support.pages.browser import artefacts, need_browser

WORDS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-port=0",
)
PATIENCE_S = 60.0


class Browser:
    """One tab. `said` and `asked` are of the page that was opened last: messages of its console, URLs of requests."""

    def __init__(self, socket: Connection) -> None:
        self._socket = socket
        self._number = 0
        self.said: list[str] = []
        self.asked: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")

    def open(self, url: str, width: int = 1280, scheme: str = "light", media: str = "screen") -> None:
        """Load the page at that width in CSS pixels, with that preferred colour scheme, on screen or as printed."""
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        prefers = [{"name": "prefers-color-scheme", "value": scheme}]
        self.do("Emulation.setDeviceMetricsOverride", **screen)
        self.do("Emulation.setEmulatedMedia", media=media, features=prefers)
        self.do("Page.setBypassCSP", enabled=False)
        self.said, self.asked = [], []
        self._loaded = False
        self.do("Page.navigate", url=url)
        until = time.monotonic() + PATIENCE_S
        while not self._loaded:
            assert time.monotonic() < until, f"{url} did not load"
            self._take(json.loads(self._socket.recv(PATIENCE_S)))

    def run(self, script: str) -> Any:
        """The value of the expression in the page; a promise is waited for. The page's own policy does not hold for
        it."""
        told = self.do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def key(self, name: str, code: int) -> None:
        """Press and let go a key."""
        for kind in ("rawKeyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def picture(self, name: str) -> Path:
        """The whole page as a picture among the artefacts."""
        shot = self.do("Page.captureScreenshot", captureBeyondViewport=True)
        path = artefacts() / f"{name}.png"
        path.write_bytes(base64.b64decode(shot["data"]))
        return path

    def do(self, method: str, **values: Any) -> dict[str, Any]:
        """Give a command and wait for its answer."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": values}))
        while True:
            message = json.loads(self._socket.recv(PATIENCE_S))
            if message.get("id") == self._number:
                assert "error" not in message, (method, message)
                found: dict[str, Any] = message["result"]
                return found
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        told = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Runtime.consoleAPICalled":
                self.said.append(json.dumps(told["args"]))
            case "Runtime.exceptionThrown":
                self.said.append(json.dumps(told["exceptionDetails"]))
            case "Log.entryAdded":
                self.said.append(told["entry"]["text"])
            case "Network.requestWillBeSent":
                self.asked.append(told["request"]["url"])


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser with a profile of its own, ended at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [need_browser(), *WORDS, f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                with connect(_tab(Path(profile), process), max_size=None) as socket:
                    yield Browser(socket)
            finally:
                process.terminate()


def _tab(profile: Path, process: "subprocess.Popen[bytes]") -> str:
    """Where the tab's commands go."""
    from urllib.request import urlopen

    note, until = profile / "DevToolsActivePort", time.monotonic() + PATIENCE_S
    while not (note.exists() and note.read_text().count("\n")):
        assert process.poll() is None, "the browser ended"
        assert time.monotonic() < until, "the browser does not say its port"
        time.sleep(0.05)
    port = note.read_text().splitlines()[0]
    with urlopen(f"http://127.0.0.1:{port}/json/list", timeout=PATIENCE_S) as answer:
        tabs = json.load(answer)
    found: str = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
    return found
