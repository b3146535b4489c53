"""Reads lists of URLs: one URL a line, CSV with a header, or JSON Lines."""

import csv
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import orjson

from schemas.items.link import Dated
from schemas.items.outcome import Reason, Refusal
from tasks.pure.dates.read import read_date
from tasks.pure.urls.normalise import absolute

_URL_KEYS = ("url", "link", "loc", "address")
_DATE_KEYS = ("date", "published", "published_at", "lastmod", "modified")
_SHOWN = 200


class ListedUrl(NamedTuple):
    """A URL of the list; `line` counts from 1. `date` is None where the list states none."""

    line: int
    url: str
    date: Dated | None = None


class UnusableLine(NamedTuple):
    """A line without a usable URL; `text` is its start."""

    line: int
    text: str
    refusal: Refusal


def read_url_list(lines: Iterable[str]) -> Iterator[ListedUrl | UnusableLine]:
    """The URLs in the order of the lines; blank lines and lines that begin with # are skipped.

    A first line with a column `url` (or link, loc, address) makes it CSV; a line that begins with { is JSON.
    A date (date, published, lastmod) is optional and only a hint.
    """
    columns: list[str] | None = None
    for number, raw in enumerate(lines, start=1):
        text = raw.strip().lstrip("\ufeff")
        if not text or text.startswith("#"):
            continue
        if number == 1 and (columns := _header(text)):
            continue
        yield _read(number, text, columns)


def _header(text: str) -> list[str] | None:
    words = [word.strip().lower() for word in next(csv.reader([text]))]
    return words if not text.startswith("{") and any(word in _URL_KEYS for word in words) else None


def _read(number: int, text: str, columns: list[str] | None) -> ListedUrl | UnusableLine:
    if text.startswith("{"):
        return _read_json(number, text)
    if columns:
        return _named(number, text, dict(zip(columns, next(csv.reader([text])), strict=False)))
    return _named(number, text, {"url": text})


def _read_json(number: int, text: str) -> ListedUrl | UnusableLine:
    try:
        row = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return UnusableLine(number, text[:_SHOWN], Refusal(reason=Reason.BAD_LINK, detail=f"no JSON: {error}"))
    return _named(number, text, {key.lower(): value for key, value in row.items() if isinstance(value, str)})


def _named(number: int, text: str, row: dict[str, str]) -> ListedUrl | UnusableLine:
    written = next((row[key] for key in _URL_KEYS if row.get(key)), None)
    url = absolute(written, None) if written else Refusal(reason=Reason.BAD_LINK, detail="the line names no URL")
    if isinstance(url, Refusal):
        return UnusableLine(number, text[:_SHOWN], url)
    date = next((row[key] for key in _DATE_KEYS if row.get(key)), None)
    return ListedUrl(number, url, read_date(date) if date else None)
