"""Reads `Content-Signal` and `License` in robots.txt (contentsignals.org, 2025; RSL 1.0)."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

SIGNALS = ("search", "ai-input", "ai-train")
_LINE = re.compile(r"\s*content-signals?\s*:\s*([^#]*)", re.IGNORECASE)
_LICENCE = re.compile(r"\s*license\s*:\s*(https?://[^\s#]{1,4000})", re.IGNORECASE)
_PAIR = re.compile(r"(search|ai-input|ai-train)\s*=\s*(yes|no)\b", re.IGNORECASE)


def refused(lines: Iterable[str], url: str) -> dict[str, str]:
    """The uses that the lines of our group say no to for the URL, with the line that says so. A line may begin with
    a path; the longest that the URL's path begins with counts. A use that is not named is not refused."""
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    said: dict[str, tuple[int, bool, str]] = {}
    for line in lines:
        match = _LINE.match(line)
        where = match[1].split(maxsplit=1)[0] if match and match[1].startswith("/") else "/"
        if match is None or not path.startswith(where):
            continue
        for use, answer in _PAIR.findall(match[1]):
            if len(where) >= said.get(use.lower(), (0, False, ""))[0]:
                said[use.lower()] = len(where), answer.lower() == "no", line.strip()
    return {use: line for use, (_, is_refused, line) in said.items() if is_refused}


def licence(lines: Iterable[str]) -> str | None:
    """The URL of the RSL licence that robots.txt names; None: none."""
    return next((match[1] for line in lines if (match := _LICENCE.match(line))), None)
