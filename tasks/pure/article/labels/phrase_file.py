"""Reads one language's file of phrases, and says of each fault where it stands and what to write instead."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from schemas.errors import SettingsError, nearest
from tasks.pure.article.labels.phrase import Phrase, read_phrase

LISTS: Mapping[str, tuple[str, ...]] = {
    "challenge": ("titles", "ordinary_titles", "texts"),
    "login": ("titles",),
    "soft_404": ("titles", "ordinary_titles", "texts", "error_words", "openings"),
    "consent": ("titles", "texts"),
    "paywall": ("texts", "newsletter_words"),
    "teaser": ("links", "whole_links"),
    "liveblog": ("titles",),
    "visitor": ("subjects", "address"),
}
"""By table, the lists that the file of every language has, each with one phrase at least."""
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_phrase_file(toml: str, language: str, where: str) -> dict[str, tuple[Phrase, ...]]:
    """The phrases by list (`paywall.texts`), in the order of the file.

    Raises `SettingsError`, one line for each fault, that names `where`, the line and what to write instead: for bad
    TOML, a table or list that there is not (with the nearest right one), one that is missing or empty, a phrase that
    is no text, that stands twice in its list, or whose brackets do not match."""
    try:
        tables = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = place[1] if place and place[1] else len(toml.splitlines())
        raise SettingsError(f"{where}:{line}: the file is no TOML: {_PLACE.sub('', str(error))}") from error
    phrases: dict[str, tuple[Phrase, ...]] = {}
    faults = [*_wrong_names(tables, toml, where), *_read(tables, toml, language, where, phrases)]
    if faults:
        raise SettingsError("\n".join(faults))
    return phrases


def _wrong_names(tables: Mapping[str, object], toml: str, where: str) -> Iterator[str]:
    for table, lists in tables.items():
        if table not in LISTS or not isinstance(lists, dict):
            yield f"{where}:{_line_of(toml, table)}: unknown table [{table}]; {nearest(table, LISTS)}"
            continue
        for name in set(lists) - set(LISTS[table]):
            line = _line_of(toml, table, name)
            yield f"{where}:{line}: unknown list {name!r} in [{table}]; {nearest(name, LISTS[table])}"


def _read(
    tables: Mapping[str, object], toml: str, language: str, where: str, phrases: dict[str, tuple[Phrase, ...]]
) -> Iterator[str]:
    for table, names in LISTS.items():
        lists = tables.get(table)
        if not isinstance(lists, dict):
            yield f"{where}: the table [{table}] is missing; add it, with the lists {', '.join(names)}"
            continue
        for name in names:
            texts = lists.get(name)
            place = f"{where}:{_line_of(toml, table, name)}"
            if not isinstance(texts, list) or not texts:
                yield f'{place}: [{table}] needs a list {name!r} with one phrase at least: {name} = ["…"]'
                continue
            found: dict[str, Phrase] = {}
            for text in texts:
                if fault := _take(text, language, found):
                    line = _line_of(toml, table, name, text)
                    yield f"{where}:{line}: the phrase {text!r} of {table}.{name} {fault}"
            phrases[f"{table}.{name}"] = tuple(found.values())


def _take(text: object, language: str, found: dict[str, Phrase]) -> str | None:
    """Adds the phrase, or says what is wrong with it."""
    if not isinstance(text, str):
        return 'is no text; put it in quotes: "…"'
    if text in found:
        return "stands there twice; remove one"
    try:
        found[text] = read_phrase(text, language)
    except ValueError as error:
        return str(error)
    return None


def _line_of(toml: str, table: str, name: str | None = None, text: object = None) -> int:
    """1-based line of the phrase in its list, of the list in its table, or of the table, whichever is found last."""
    wanted = [rf"\s*\[\s*{re.escape(table)}\s*\]"]
    wanted += [rf"\s*{re.escape(name)}\s*="] if name else []
    wanted += [f".*{re.escape(str(text))}"] if text is not None else []
    line = 1
    for number, shown in enumerate(toml.splitlines(), start=1):
        while wanted and re.match(wanted[0], shown):
            line = number
            wanted = wanted[1:]
    return line
