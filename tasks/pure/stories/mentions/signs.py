"""Words by language that tell what a name is: the table `signs.toml`, which a person edits."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class NameSigns(NamedTuple):
    """`titles` and `organisations`, `legal` and `after` are case folded; `places` and `known` have by short name, as
    it is written, the name in English."""

    titles: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    legal: frozenset[str] = frozenset()
    places: Mapping[str, str] = {}
    known: Mapping[str, str] = {}


_LISTS = ("titles", "after", "organisations", "legal")


@cache
def signs(language: str) -> NameSigns:
    """Of a language (ISO 639); empty where the table has none. Raises `ValueError` for a key that means nothing."""
    its = _table().get(language)
    if its is None:
        return NameSigns()
    known = its.get("known", {})
    unknown = {*its} - {*_LISTS, "known"} | {*known} - {"places", "organisations"}
    if unknown:
        raise ValueError(f"signs.toml: [{language}] has no key {min(unknown)!r}")
    return NameSigns(
        **{key: frozenset(word.casefold() for word in its.get(key, ())) for key in _LISTS},
        places=known.get("places", {}),
        known=known.get("organisations", {}),
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("signs.toml").read_text(encoding="utf-8"))
