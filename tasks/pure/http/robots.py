"""Reads robots.txt (RFC 9309)."""

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from protego import Protego

from tasks.pure.http.content_signals import licence, refused

READ_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least 500 KiB must be parsed; the rest is ignored."""
SITEMAPS_AT_MOST = 500
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*[:\s]\s*([^#]*)", re.IGNORECASE)
_RULE_LINE = re.compile(r"\s*(?:allow|diss?all?ow|diasllow|disallaw)\s*(?:[:#\s]|$)", re.IGNORECASE)
"""Allow and Disallow, with the misspellings that Protego takes."""
_SITEMAP_LINE = re.compile(r"\s*site-?maps?[:\s]", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s/*()<>@,;:\\\"\[\]?={}]+")
"""What comes before the version in `Newsdesk/1.0` (RFC 9110, 5.6.2). RFC 9309 allows only letters, `_` and `-` in it;
files have digits too, and `newsdesk24` is not `newsdesk`."""
_ALL = "*"
_LINE_ENDS = re.compile(r"\r\n|[\r\n]")
_OTHER_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Characters at which Protego ends a line, and the RFC does not."""


class Rules:
    """The rules of one host. An agent is named by its product token: `newsdesk`."""

    def __init__(self, text: str) -> None:
        self._lines = _LINE_ENDS.split(_OTHER_BREAKS.sub(lambda found: quote(found[0]), text))
        self._for = lru_cache(maxsize=4)(self._read_for)

    def allows(self, url: str, agent: str) -> bool:
        """Whether `agent` may request the URL: the longest matching rule decides, on a tie Allow."""
        return self._for(agent).can_fetch(url, agent)

    def crawl_delay_s(self, agent: str) -> float | None:
        """The Crawl-delay in seconds, unbounded; None: not stated."""
        delay_s: float | None = self._for(agent).crawl_delay(agent)
        return delay_s

    def names(self, agent: str) -> bool:
        """Whether the file has a group for the agent itself, beside the one for everybody."""
        found = (_AGENT_LINE.match(line) for line in self._lines)
        return any(match is not None and _token(match[1]) == _token(agent) for match in found)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that are named, as written, at most 500."""
        return tuple(self._for("*").sitemaps)[:SITEMAPS_AT_MOST]

    def signals(self, url: str, agent: str) -> dict[str, str]:
        """The uses that `Content-Signal` lines of the agent's group refuse for the URL, each with its line."""
        return refused(_group_for(_token(agent), self._lines), url)

    @property
    def licence(self) -> str | None:
        """The URL of the RSL licence that is named, as written; None: none."""
        return licence(self._lines)

    def _read_for(self, agent: str) -> Protego:
        """The one group that counts for the agent, given to Protego under the name `*`: Protego ends a run of agents
        at every line that is neither a rule nor a sitemap, takes `news` for `newsdesk`, and files each rule under
        each agent of its group, which 10,000 agents before 25,000 rules would turn into 250 million."""
        group = _group_for(_token(agent), self._lines)
        sitemaps = [line for line in self._lines if _SITEMAP_LINE.match(line)]
        return Protego.parse("\n".join([f"User-agent: {_ALL}", *group, *sitemaps]))


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


def _group_for(agent: str, lines: Iterable[str]) -> list[str]:
    """The lines of all groups of the agent, else of all groups for everybody (RFC 9309, 2.2.1). Rules alone end a run
    of agents. Other lines, such as Crawl-delay, count for the agents that are named above them."""
    groups: dict[str, list[str]] = {}
    named: set[str] = set()
    has_rules = False
    for line in lines:
        if match := _AGENT_LINE.match(line):
            named, has_rules = set() if has_rules else named, False
            if (name := _token(match[1])) in (agent, _ALL):
                named.add(name)
                groups.setdefault(name, [])
            continue
        has_rules = has_rules or _RULE_LINE.match(line) is not None
        if not _SITEMAP_LINE.match(line):
            for name in named:
                groups[name].append(line)
    return groups.get(agent, groups.get(_ALL, []))


def _token(name: str) -> str:
    """The product token in lower case; empty where there is none."""
    match = _TOKEN.match(name)
    return match[0].lower() if match else _ALL * (name.strip() == _ALL)
