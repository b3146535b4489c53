"""The names by which an outlet calls itself at the ends of its titles."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.items.unspaced_scripts import words_of
from tasks.pure.text.clean import letters_only

_ARTICLES = frozenset(
    "the le la les l el los las il lo gli i o os a as der die das de het den det en al".split()  # noqa: SIM905
)
_GENERIC = frozenset("online com net org co news digital tv web info app radio media website".split())  # noqa: SIM905
_SECTIONS = _GENERIC | frozenset(
    "world sport sports politics business opinion international uk us usa live home magazine english europe asia "  # noqa: SIM905
    "africa america entertainment culture tech technology science health blog blogs video podcast".split()
)
_KINDS = frozenset("diario periodico journal giornale quotidiano jornal gazeta daily tageszeitung".split())  # noqa: SIM905
_BEFORE_A_NAME = re.compile(r"^(?:my|get|try|use|join|go|we|the|buildwith|with|hello)(?=.{3})")
"""What firms put before their name in a host whose short form was taken (`getdianahr`)."""
_NAME_WORDS = 4
_ADDED = re.compile(r"\s[-–—|•·:]\s")
_DOMAIN_END = re.compile(r"\.(?:com?|org|net|[a-z]{2})(?:\.[a-z]{2})?$")
_EXTRA_CHARS = 10
_ACRONYM_CHARS = 5
_ROMANCE = frozenset(("la", "le", "les", "l", "el", "los", "las", "il", "lo", "o", "a", "os", "as"))
_OF = frozenset(("de", "del", "di", "du", "des", "da", "do", "d", "della", "dello"))
"""`Sevilla` is the place of the Diario de Sevilla, and no form of its name."""


@dataclass(frozen=True, slots=True)
class OutletNames:
    """`exact` are the outlet's names as keys (letters without accents), `variants` its shorter forms (`guardian`,
    `nyt`), `worded` the names as words, `hosts` those of `exact` that only its host has. `maybe_places` are variants
    of one word that may be a place too (`provence` for La Provence, `oslo` for Oslo News)."""

    exact: frozenset[str]
    variants: frozenset[str] = frozenset()
    worded: frozenset[tuple[str, ...]] = frozenset()
    hosts: frozenset[str] = frozenset()
    maybe_places: frozenset[str] = frozenset()

    def but(self, shown: frozenset[str]) -> "OutletNames":
        """The names without the variants and names of hosts `shown` (keys): what also stands in the visible headline
        is a word of it (`Fire at mill – Provence` at La Provence)."""
        return replace(self, exact=self.exact - (shown & self.hosts), variants=self.variants - shown)

    def with_name(self, masthead: frozenset[str]) -> "OutletNames":
        """The names and these, as keys."""
        return replace(self, exact=self.exact | masthead)

    def has(self, part: str, *, is_listed: bool) -> bool:
        """Whether a part of a title is the outlet: its name or a variant as a whole, or its name and a section
        (`BBC News World`). `is_listed`: a bar parts it from the rest, as it does outlets and sections, rather than a
        dash or colon, before or behind which a place may stand."""
        if letters_only(part) in ("blogarchive", "blogarchiv"):
            return True
        bare = key_of(_DOMAIN_END.sub("", part.strip().lower()))
        is_form = bare in self.variants and (is_listed or bare not in self.maybe_places)
        return bool(bare) and (bare in self.exact or is_form or self._is_extended(part, is_listed))

    def _is_extended(self, part: str, is_listed: bool) -> bool:
        words = tuple(words_of(without_accents(part)))
        return any(_is_with_more(words, name, is_listed) for name in self.worded if len(words) > len(name))


def key_of(text: str) -> str:
    """The letters and digits of a name in lower case and without accents: hosts are written without."""
    return letters_only(without_accents(text))


def without_accents(text: str) -> str:
    """The text without combining marks (`Publico` for `Público`)."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def names_of(*stated: str | None, hosts: tuple[str, ...] = ()) -> OutletNames:
    """The names that an outlet's source file and page state, each also without what a dash adds to it (`The Source -
    Its University`), and its host's (`smittenkitchen`)."""
    named = [form for name in stated if name for form in (name, *_before_a_dash(name))]
    worded = frozenset(tuple(words) for name in named if (words := words_of(without_accents(name))))
    whole = {key_of(name) for name in named}
    of_hosts = {key_of(host) for host in hosts} - whole
    labels = frozenset((key_of(host),) for host in hosts if key_of(host))
    bare_hosts = {_BEFORE_A_NAME.sub("", host) for host in of_hosts} - of_hosts
    variants = {form for words in worded for form in _shorter(words)} | bare_hosts
    cores = frozenset(core for words in worded if (core := _core(words)))
    exact = frozenset((whole | of_hosts) - {""})
    places = frozenset(_core(words)[0] for words in worded if _may_leave_a_place(words)) - _acronyms(stated)
    return OutletNames(exact, frozenset(variants), worded | cores | labels, frozenset(of_hosts), places | bare_hosts)


def _before_a_dash(name: str) -> Iterator[str]:
    """What a name says before its dash, if that is short: some pages state their own title as the site's name."""
    first, *added = _ADDED.split(name, maxsplit=1)
    if added and len(words_of(first)) <= _NAME_WORDS:
        yield first


def _may_leave_a_place(words: tuple[str, ...]) -> bool:
    """Whether the name without its article and its general words is one word, and may be a place."""
    core = _core(words)
    return len(core) == 1 and len(words) > 1 and (words[0] in _ROMANCE or words[-1] in _GENERIC)


def _acronyms(names: Iterable[str | None]) -> frozenset[str]:
    """The words in capitals, in lower case: BBC of BBC News is no place."""
    words = (word for name in names if name for word in name.split())
    return frozenset(word.lower() for word in words if word.isupper() and len(word) <= _ACRONYM_CHARS)


def _shorter(words: tuple[str, ...]) -> set[str]:
    """The name without its article and `News`, `Online` …, with an article, and its initials."""
    core = _core(words)
    forms = {"".join(core), "".join(words[1:]) if words[0] in _ARTICLES else "the" + "".join(words)}
    for named, at_least in ((words, 3), (core, 2)):
        initials = "".join(word[0] for word in named)
        forms |= {initials} if len(initials) >= at_least and initials.isalpha() else set()
    return forms - {""}


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    start, end = 0, len(words)
    while end - start > 1 and words[start] in _ARTICLES | _KINDS and words[start + 1] not in _OF:
        start += 1
    while end - start > 1 and words[end - 1] in _GENERIC:
        end -= 1
    return words[start:end]


def _is_with_more(words: tuple[str, ...], name: tuple[str, ...], is_listed: bool) -> bool:
    """Whether the words are the name and a few more. Behind a dash the more are the name of a section, unless the
    outlet's name has several words: `Sun City` is no section of The Sun."""
    begins = words[: len(name)] == name
    if not begins and words[-len(name) :] != name:
        return False
    more = words[len(name) :] if begins else words[: -len(name)]
    is_short = len("".join(more)) <= _EXTRA_CHARS
    return is_short and (is_listed or len(name) > 1 or all(word in _SECTIONS | _ARTICLES for word in more))
