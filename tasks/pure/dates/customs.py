"""What the page and its outlet say about how dates are written there: language, country and time zone."""

from functools import lru_cache
from typing import Literal, NamedTuple

from babel import Locale, UnknownLocaleError

Order = Literal["day first", "month first"]


class Customs(NamedTuple):
    """`languages`: BCP 47, the page's before the outlet's; `country`: ISO 3166-1 alpha-2, the outlet's;
    `time_zone`: an IANA name, the outlet's. Empty or None: not known."""

    time_zone: str | None = None
    languages: tuple[str, ...] = ()
    country: str | None = None


UNKNOWN = Customs()


@lru_cache(maxsize=512)
def base_languages(customs: Customs) -> tuple[str, ...]:
    """The languages without their regions, each once, the page's first."""
    return tuple(dict.fromkeys(_parts(tag)[0] for tag in customs.languages))


@lru_cache(maxsize=512)
def regions(customs: Customs) -> frozenset[str]:
    """Countries, in upper case, that the outlet or the tag of a language names."""
    tagged = (_parts(tag)[1] for tag in customs.languages)
    return frozenset(region for region in (*tagged, (customs.country or "").upper()) if region)


@lru_cache(maxsize=512)
def number_order(customs: Customs) -> Order | None:
    """Whether the day or the month stands first in `3/4/2026` (CLDR); None: nothing settles it, or the page and its
    outlet differ.

    The region of the page's language counts before the outlet's country. `en-US` does not: it is the default of
    publishing systems, so that British and Indian pages state it too.
    """
    if not customs.languages:
        return None
    language, region = _parts(customs.languages[0])
    country = (customs.country or "").upper()
    if region and (region != "US" or not country):
        return _order(language, region)
    if not country:
        return None if language == "en" else _order(language, None)
    orders = {_order(language, each) for each in (region, country) if each}
    return orders.pop() if len(orders) == 1 else None


def of_software(customs: Customs) -> Customs:
    """The customs of a feed or sitemap, which a program writes: the programs of British and Indian outlets write
    numbers month first too, so that English settles the order for American outlets alone."""
    if number_order(customs) != "day first":
        return customs
    return customs._replace(languages=tuple(tag for tag in customs.languages if _parts(tag)[0] != "en"))


@lru_cache(maxsize=512)
def _order(language: str, region: str | None) -> Order | None:
    """Of the short pattern; where that begins with the year, of the next longer one if the day begins it."""
    locale = _locale(language, region)
    if locale is None:
        return None
    patterns = [locale.date_formats[width].pattern for width in ("short", "medium")]
    first, second = (next((letter for letter in pattern if letter in "dMyL"), "") for pattern in patterns)
    if first in "ML":
        return "month first" if first else None
    return "day first" if first == "d" or second == "d" else None


def _locale(language: str, region: str | None) -> Locale | None:
    """Of the language in the region; where CLDR does not know the two together, of the language alone, but English
    is not of one custom."""
    alone = () if region and language == "en" else (language,)
    for identifier in (f"{language}_{region}", *alone) if region else alone:
        try:
            return Locale.parse(identifier)
        except (UnknownLocaleError, ValueError):
            continue
    return None


@lru_cache(maxsize=512)
def _parts(tag: str) -> tuple[str, str | None]:
    language, *more = tag.replace("_", "-").split("-")
    return language.lower(), next((each.upper() for each in more if len(each) == 2 and each.isalpha()), None)
