"""Places and organisations that are known by name, in the language of a text.

Countries, continents, and the cities that CLDR names time zones after (some 400, most capitals among them), from
babel; the United Nations and the European Union, from there, too; news agencies from agencies.toml; short names from
signs.toml."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from schemas.items.mention import MentionKind
from schemas.items.unspaced_scripts import UNSPACED
from tasks.pure.stories.agencies import forms
from tasks.pure.stories.mentions.signs import signs

_ORGANISATIONS = frozenset({"EU", "UN"})
_NO_PLACES = frozenset({"EU", "UN", "EZ", "QO", "ZZ", "XA", "XB", "001"})
"""In CLDR beside countries and continents: unions, what is unknown, tests, and the world."""
_NO_CITIES = re.compile(
    r"Etc/|Antarctica/|America/North_Dakota/|America/Indiana/|America/Kentucky/|Pacific/(?:Easter|Midway|Wake)$|[^/]+$"
)
"""Zones of stations, counties and islands with names that are words or family names."""
_WRITTEN_AS = {"no": ("nb",), "zh": ("zh", "zh_Hant"), "sr": ("sr", "sr_Latn")}
_BRACKETED = re.compile(r"(.+?)\s*[（(](.+?)[)）]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_SHORTEST_AGENCY = 5
"""Letters of a form in Latin script: shorter ones are words, or other bodies, too (`AGI`, `TT`)."""


class KnownName(NamedTuple):
    """What a name stands for; `name` is the same in every language, in small letters. `is_city`: it may be a
    family name as well."""

    kind: MentionKind
    name: str
    is_city: bool = False


class Gazetteer(NamedTuple):
    """`known`: by name as it is written. `words`: by the first word of the names of several words, how many words the
    longest has. `lengths`: by the first two characters of names in scripts without spaces, their lengths, longest
    first."""

    known: Mapping[str, KnownName]
    words: Mapping[str, int]
    lengths: Mapping[str, tuple[int, ...]]


def spelling(text: str) -> str:
    """The text as `Gazetteer.known` spells it: with one kind of apostrophe."""
    return text.replace("’", "'").replace("ʼ", "'")


@cache
def gazetteer(language: str) -> Gazetteer:
    """The names of a language (ISO 639), 5 ms to make; only agencies and short names where CLDR does not know it."""
    known = dict(_agencies())
    for tag in _WRITTEN_AS.get(language, (language,)):
        try:
            known |= _of_cldr(tag)
        except (UnknownLocaleError, ValueError):
            continue
    own = signs(language)
    known |= {text: KnownName(MentionKind.PLACE, name.casefold()) for text, name in own.places.items()}
    known |= {text: KnownName(MentionKind.ORGANISATION, name.casefold()) for text, name in own.known.items()}
    known = {" ".join(spelling(text).split()): its for text, its in known.items()}
    words: dict[str, int] = {}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for text in known:
        first, *rest = text.split()
        if rest:
            words[first] = max(words.get(first, 0), 1 + len(rest))
        if UNSPACED.match(text) and len(text) > 1:
            lengths[text[:2]].add(len(text))
    return Gazetteer(known, words, {start: tuple(sorted(its, reverse=True)) for start, its in lengths.items()})


def _of_cldr(tag: str) -> dict[str, KnownName]:
    locale, english = Locale.parse(tag), Locale("en")
    found = {}
    for zone, city, name in _cities(locale):
        if not _NO_CITIES.match(zone):
            found[city] = KnownName(MentionKind.PLACE, name.casefold(), is_city=True)
    for code, text in locale.territories.items():
        name = english.territories.get(code, text).casefold()
        if code in _ORGANISATIONS:
            found[text] = KnownName(MentionKind.ORGANISATION, name)
        elif code not in _NO_PLACES:
            for each in _spellings(text):
                found[each] = KnownName(MentionKind.PLACE, name)
    return {text: known for text, known in found.items() if not text[0].islower()}


def _cities(locale: Locale) -> Iterator[tuple[str, str, str]]:
    """Zone, the city's name in the language, and in English. The zone has the city's name in its last part where CLDR
    gives none; in Latin script that is how it is written."""
    english = Locale("en").time_zones
    own = locale.time_zones
    is_latin = _LATIN.match(locale.territories["DE"]) is not None
    for zone in dict.fromkeys((*get_global("zone_territories"), *own)):
        plain = zone.rpartition("/")[2].replace("_", " ")
        name = english.get(zone, {}).get("city") or plain
        city = own.get(zone, {}).get("city") or (plain if is_latin else None)
        if city:
            yield zone, city, name


def _spellings(text: str) -> list[str]:
    """`Myanmar (Burma)` is both; English texts write `and` where CLDR has `&`."""
    both = _BRACKETED.fullmatch(text)
    return [both[1], both[2]] if both else list(dict.fromkeys((text, text.replace(" & ", " and "))))


@cache
def _agencies() -> dict[str, KnownName]:
    return {
        form: KnownName(MentionKind.ORGANISATION, agency.casefold())
        for form, agency in forms().items()
        if len(form) >= (_SHORTEST_AGENCY if form.isascii() else 3) and not form[0].islower()
    }
