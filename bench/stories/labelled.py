"""Files of articles that people labelled with their story, or with the text that they copy."""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

Row = Mapping[str, object]
NO_STORIES = {"reuters", "russian_urls"}
"""Corpora without labelled stories."""
_ENDINGS = (".json", ".jsonl", ".json.gz", ".jsonl.gz")
_NAMES = {
    "id": ("id", "article_id", "doc_id"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "article"),
    "url": ("url",),
    "date": ("date", "dateTime", "published_at"),
}
_LABELS = ("story", "cluster", "cluster_id", "event", "event_id", "label")


class Labelled(NamedTuple):
    """An article (id, title, text, url, date; None where the file has none) and its label."""

    row: dict[str, str | None]
    label: str


def name(path: Path) -> str:
    """The corpus: the file's name up to its first dot."""
    return path.name.partition(".")[0]


def files(folder: Path, corpora: Sequence[str]) -> list[Path]:
    """The files of the corpora; all that have articles with stories, where none is named."""
    found = sorted(path for path in folder.iterdir() if path.name.endswith(_ENDINGS))
    if not corpora:
        return [path for path in found if name(path) not in NO_STORIES]
    kept = [path for path in found if name(path) in corpora]
    if missing := sorted(set(corpora) - set(map(name, kept))):
        raise SystemExit(f"no file of {', '.join(missing)} in {str(folder)!r}")
    return kept


def rows(path: Path) -> Iterator[Row]:
    """One JSON object a line, or one array of objects."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        first = file.read(1)
        file.seek(0)
        yield from json.load(file) if first == "[" else map(json.loads, file)


def articles(found: Iterable[Row]) -> list[Labelled]:
    """The articles that have a label; in the order of their dates, where all have one, else of the file."""
    its = [
        Labelled({field: _said(row, names) for field, names in _NAMES.items()}, label)
        for row in found
        if (label := _said(row, _LABELS)) is not None
    ]
    for place, one in enumerate(its):
        one.row["id"] = one.row["id"] or str(place)
    return sorted(its, key=lambda one: str(one.row["date"])) if all(one.row["date"] for one in its) else its


def side(row: Row, number: str) -> dict[str, str | None]:
    """One article of a pair: title, text and lang."""
    return {field: _said(row, (f"{field}{number}",)) for field in ("title", "text", "lang")}


def _said(row: Row, names: Iterable[str]) -> str | None:
    return next((str(row[each]) for each in names if row.get(each) is not None), None)
