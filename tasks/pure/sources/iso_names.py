"""Codes of countries and languages: their one spelling, and the nearest right code for a wrong one (Unicode CLDR)."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

UNKNOWN_COUNTRY, UNKNOWN_LANGUAGE = "zz", "und"
"""Unknown, in ISO 3166-1 (a code that is left to its users) and in ISO 639-2."""
_OTHER_NAMES = {
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland", "britain", "great britain"), "gb"),
    "america": "us",
    "holland": "nl",
}
"""Names that people write and CLDR has for no country."""
_ENGLISH = Locale("en")
_SPOKEN = frozenset(name for name in locale_identifiers() if len(name) == 2)


def country_code(text: str) -> str:
    """ISO 3166-1 alpha-2 in lower case, of a code in any case; `UK` and alpha-3 codes become the code that they stand
    for. Raises `ValueError` with the nearest codes for anything else."""
    code = text.strip().upper()
    renamed = get_global("territory_aliases").get(code, ())
    code = renamed[0] if len(renamed) == 1 else code
    if len(code) == 2 and code in _ENGLISH.territories:
        return code.lower()
    raise ValueError(f"no country has this code of two letters (ISO 3166-1); {_hint(_countries_like(text), 'gb')}")


def language_code(text: str) -> str:
    """A BCP 47 tag in its usual case (`en`, `en-GB`, `zh-Hant`), of a tag in any case, with `-` or `_`; ISO 639-2
    codes become those of two letters. A language of three letters that CLDR does not name is kept. Raises
    `ValueError` with the nearest codes for anything else."""
    first, *rest = text.strip().replace("_", "-").split("-")
    renamed = str(get_global("language_aliases").get(first.lower(), first.lower())).replace("_", "-")
    code = renamed.partition("-")[0]
    is_known = code in _ENGLISH.languages or (len(code) == 3 and not _languages_like(code))
    if not (code.isascii() and code.isalpha() and is_known and all(map(_is_subtag, rest))):
        raise ValueError(
            f"no language has this tag (BCP 47, as 'en' or 'pt-BR'); {_hint(_languages_like(text), 'en')}"
        )
    return "-".join([code, *(_in_usual_case(part) for part in rest)])


def _is_subtag(part: str) -> bool:
    return part.isascii() and part.isalnum() and 2 <= len(part) <= 8


def _in_usual_case(part: str) -> str:
    """Regions in capitals, scripts with one capital, others small (RFC 5646, 2.1.1)."""
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()


def _countries_like(text: str) -> list[str]:
    """Codes that may be meant: of a country's name, or of the country where a language is at home."""
    code = text.strip().lower()
    found = _near(text, _country_names())
    parts = str(get_global("likely_subtags").get(code, "")).split("_")
    if not found and code in _ENGLISH.languages and len(parts) > 1:
        found = [parts[-1].lower()]
    return [f"{one!r} ({_ENGLISH.territories[one.upper()]})" for one in found]


def _languages_like(text: str) -> list[str]:
    """Codes that may be meant: of a language's name, in English or its own, or of what is spoken in a country."""
    found = _near(text, _language_names())
    code = text.strip().upper()
    if not found and code in _ENGLISH.territories:
        found = list(get_official_languages(code))
    return [f"{one!r} ({_ENGLISH.languages.get(one, one)})" for one in found]


def _near(text: str, names: Mapping[str, str]) -> list[str]:
    wanted = text.strip().casefold()
    close = get_close_matches(wanted, names, n=1, cutoff=0.75) if len(wanted) > 3 else []
    return list(dict.fromkeys([names[wanted]] if wanted in names else [names[name] for name in close]))


@cache
def _country_names() -> dict[str, str]:
    """Code by name, in English and in the languages of the country."""
    english = {name.casefold(): code.lower() for code, name in _ENGLISH.territories.items() if len(code) == 2}
    own = {
        _own(language).territories.get(code, name).casefold(): code.lower()
        for code, name in _ENGLISH.territories.items()
        for language in get_official_languages(code)
        if language in _SPOKEN
    }
    return own | english | _OTHER_NAMES


@cache
def _language_names() -> dict[str, str]:
    """Code by name, in English and for many languages also in the language itself."""
    english = {name.casefold(): code for code, name in _ENGLISH.languages.items() if "_" not in code}
    return {_own(code).languages.get(code, code).casefold(): code for code in _SPOKEN} | english


@cache
def _own(language: str) -> Locale:
    return Locale(language)


def _hint(found: Iterable[str], example: str) -> str:
    said = " or ".join(found)
    return f"did you mean {said}?" if said else f"write for example {example!r}"
