"""Reads robots.txt (RFC 9309)."""

import codecs
import re
from functools import lru_cache

from protego import Protego

READ_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least 500 KiB must be parsed; the rest is ignored."""
SITEMAPS_AT_MOST = 500
_AGENT_LINE = re.compile(r"[ \t]*user[- ]?agent[ \t]*[: \t][ \t]*([^#]*)", re.IGNORECASE)
_SOMEBODY_ELSE = "User-agent: \N{WHITE SQUARE}"
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")


class Rules:
    """The rules of one host. An agent is named by its product token: `newsdesk`."""

    def __init__(self, text: str) -> None:
        self._lines = _LINE_ENDS.split(text)
        self._for = lru_cache(maxsize=4)(self._read_for)

    def allows(self, url: str, agent: str) -> bool:
        """Whether `agent` may request the URL: the longest matching rule decides, on a tie Allow."""
        return self._for(agent).can_fetch(url, agent)

    def crawl_delay_s(self, agent: str) -> float | None:
        """The Crawl-delay in seconds, unbounded; None: not stated."""
        delay_s: float | None = self._for(agent).crawl_delay(agent)
        return delay_s

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that are named, as written, at most 500."""
        return tuple(self._for("*").sitemaps)[:SITEMAPS_AT_MOST]

    def _read_for(self, agent: str) -> Protego:
        """Groups of other agents share one name: Protego files each rule under each agent of its group,
        which 10,000 agents before 25,000 rules would turn into 250 million."""
        return Protego.parse("\n".join(_addressed(line, agent.lower()) for line in self._lines))


def read_robots(body: bytes) -> Rules:
    """The rules in a robots.txt; an HTML page or an empty file has none. Never raises: lines that
    cannot be read are ignored, as the RFC asks."""
    is_cut = len(body) > READ_BYTES
    text = _decoded(body[:READ_BYTES])
    if is_cut:
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return Rules("" if is_page(body) else text.replace("\0", ""))


def is_page(body: bytes) -> bool:
    """Whether the file is an HTML page, as sites without a robots.txt answer: it has no rules."""
    return _decoded(body[:READ_BYTES]).lstrip()[:1] == "<"


def _decoded(body: bytes) -> str:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")


def _addressed(line: str, agent: str) -> str:
    match = _AGENT_LINE.match(line)
    if match is None:
        return line
    name = match[1].strip().lower()
    return line if name == "*" or agent.startswith(name.replace("*", "")) else _SOMEBODY_ELSE
