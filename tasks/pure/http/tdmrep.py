"""Reads /.well-known/tdmrep.json (TDM Reservation Protocol, W3C community group, 2024)."""

import json
import re
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

RULES_AT_MOST = 1_000


def reserves(body: bytes, url: str) -> bool:
    """Whether the file reserves text and data mining for the URL: the first rule whose `location` matches its path
    counts, as in robots.txt with `*` and `$`. False for a file that is no such list."""
    path = _path(url)
    rule = next((rule for rule in _rules(body) if _matches(str(rule.get("location", "")), path)), None)
    return rule is not None and str(rule.get("tdm-reservation", "")).strip() == "1"


def _rules(body: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except (JSONDecodeError, RecursionError):
        return []
    return [rule for rule in found[:RULES_AT_MOST] if isinstance(rule, dict)] if isinstance(found, list) else []


def _matches(location: str, path: str) -> bool:
    if not location:
        return False
    words = [re.escape(word) for word in location.removesuffix("$").split("*")]
    return re.match(".*?".join(words) + ("$" if location.endswith("$") else ""), path) is not None


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
