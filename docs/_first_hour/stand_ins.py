"""What stands for the reader's own words and machine: an outlet on loopback, a folder below an empty root."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

STORY = "http://harbour-gazette.example/news/harbour/dredging-of-inner-basin-slips-to-spring-48213"
PLACES: Mapping[str, str] = {
    "URL": STORY,
    "SLUG": "talblick",
    "NAME": "articles_per_day",
    "TO": "/mnt/backups",
    "FOLDER": "another",
    "FILE": "exported.warc.gz",
    "FILE.warc.gz": "captures.warc.gz",
    "LIST.csv": "list.csv",
}
"""A word in capitals that a reader replaces, and what replaces it here."""

RECIPES: Mapping[str, str] = {"make demo": ".venv/bin/newsdesk demo", "make .venv/installed": ":"}
"""What `make` would do in a checkout, given in an environment that `pip` made."""

_PLACE = re.compile(r"(?<![\w./=$-])(?:[A-Z]{2,}(?:\.[a-z.]+)?|…)(?![\w(=])")
_ABSOLUTE = re.compile(r"(?<![\w.~/-])/(?=(?:srv|mnt|var/lib|var/log)\b)")
_COMMENT = re.compile(r"\s#\s.*")
_OUTLET = re.compile(r"https://([\w.-]+\.example)\b")
_LOOPBACK = ("127.0.0.1", "localhost")
_SQL = re.compile(r"""(["'])(?:(?!\1).)*\1""", re.DOTALL)


def filled(command: str) -> str:
    """The command with the reader's own words in it."""
    return _outside_quotes(_PLACE, lambda word: PLACES.get(word, word), command)


def is_open(command: str) -> str:
    """The first word that the reader is to replace, "" where there is none."""
    found = _PLACE.search(_COMMENT.sub("", _SQL.sub("", command))) or re.search("…", command)
    return found[0] if found else ""


def placed(text: str, root: Path) -> str:
    """The command or file as it is given here: outlets on loopback without TLS, and absolute paths below `root`."""
    return _ABSOLUTE.sub(f"{root}/", _OUTLET.sub(r"http://\1", text))


def hosts(text: str) -> set[str]:
    """The outlets that a command or file asks, by their addresses. Raises `ValueError` for one that may exist."""
    named = set(re.findall(r"https?://([\w.-]+)", text))
    if real := {host for host in named if not host.endswith(".example") and host not in _LOOPBACK}:
        raise ValueError(f"{sorted(real)} may exist: name an outlet …example, or mark the command as not run")
    return {host for host in named if host.endswith(".example")}


def _outside_quotes(pattern: re.Pattern[str], replaced: Callable[[str], str], text: str) -> str:
    parts, end = [], 0
    for quoted in _SQL.finditer(text):
        parts += [pattern.sub(lambda found: replaced(found[0]), text[end : quoted.start()]), quoted[0]]
        end = quoted.end()
    return "".join([*parts, pattern.sub(lambda found: replaced(found[0]), text[end:])])
