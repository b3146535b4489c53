"""Reads the names of people, agencies and outlets in the text of a byline."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from schemas.items.article import AUTHORS_AT_MOST
from schemas.items.unspaced_scripts import UNSPACED
from tasks.pure.people.ambiguous_names import has_own_word, without_surnames
from tasks.pure.text.clean import letters_only, one_line

_BY = re.compile(
    r"^(?:[-–—|•*©\s]+|(?:(?:article|blog beitrag|story|words|text|texto|texte|beitrag|alle artikel|eingestellt|"
    r"erstellt|geschrieben|verfasst|veröffentlicht|publié|écrit|escrito|publicado|scritto|written|reported|posted|"
    r"published|submitted)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|av|af|autor(?:in(?:/autor)?|zy|es|en)?|author|auteur|autore|автор|авторка|текст|text|texto)"
    r"(?:\s*[:：]\s*|\s+)|(?:글|文|記者|记者|기자|著者|作者|責編|责编|来源)(?:\s*[:：]\s*|\s+|(?=[(\[（【])))+",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:[;|·•/、，\n]|&|\s(?:and|und|et|with|con|mit|avec)\s)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:y|e|i|и|й|та|і|og|och|en|ve|og)\s+", re.IGNORECASE)
_LINK_OR_MAIL = re.compile(r"\S*(?:://|@|www\.)\S*")
_BRACKETED = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_CONTRIBUTION = re.compile(
    r"\s*\b(?:illustrat(?:ions?|ed|ionen)|photo(?:s|graph(?:s|y|ed|ies)?)?|fotos?|fotografie|bild(?:er)?|images?|"
    r"video|graphics?|grafik|translat(?:ed|ion)|übersetz(?:t|ung)|traducción|traduction|edited)"
    r"(?:\s+(?:by|von|par|por|di|da)\s|\s*[:：]).*$|(?:写真|撮影|イラスト|翻訳者?|사진)\s*[:：=＝]?.*$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\s*[-–—|]\s.*$|\s*(?:기자|특파원|記者|记者|監訳|訳|著)\s*$|"
    r",?\s+(?:(?:chief|senior|staff|political|foreign|science|health|sports?|business|technology|world|us|uk|special|deputy|"
    r"associate|national|diplomatic|environment|economics?|royal|education|culture|arts|crime|features?|freelance|lead|"
    r"principal|executive|managing|investigative|city|local|general)\s+)*(?:correspondent|reporter|editor|writer|columnist|"
    r"producer|critic|analyst|journalist(?:in)?|contributor|redakteur(?:in)?|korrespondent(?:in)?|reporterin|ceo|cto|"
    r"under|am)\s*$|"
    r",?\s+(?:(?i:reporting\s+)?(?i:in|from|at)|aus|à|en|em|AUS|EN)(?:\s+(?:am|an|de|del|la|of|sur|upon))*\s+"
    r"[A-ZÀ-Þ][\w.'’\-]*(?:\s+(?:(?:am|an|de|del|la|of|sur|upon)\s+)*[A-ZÀ-Þ][\w.'’\-]*)*\s*$",
)
_FOR = re.compile(
    r"(?P<name>\S+(?:\s+\S+)+?)[\s,]+(?:(?i:special(?:ly)?|exclusive(?:ly)?|exclusif|exclusivo|sonderbericht)[\s,]+)?"
    r"(?:(?i:for|pour|für|para|voor|för|для|dla)|(?:per|pro|til)|(?<=[A-ZÀ-Þ] )(?:PER|PRO|TIL)(?=\s[A-ZÀ-Þ\s]+$)|"
    r"(?i:(?<=special )to|(?<=specially )to|(?<=exclusive )to|(?<=exclusively )to))\s+(?P<outlet>\S.*)"
)
"""`Ada Winter for The Courier`, `Ada Winter, Special to The Courier`: two words or more, and the outlet. `Per`
is a name too, so it counts in lower case, or where all is in upper case."""
_FOR_ALONE = re.compile(
    r"(?:special(?:ly)?|exclusive(?:ly)?|exclusif|exclusivo|sonderbericht)\s+(?:to|for|pour|für|per|para|voor|för)\s+(?P<one>\S.*)|"
    r"(?:for|pour|für|para|voor|för|для|dla)\s+(?P<other>\S.*)",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"\b(?:staff|desk|editors?|editorial|newsroom|redaktion|redaktionen|redactie|redacción|redacao|redação|redazione|"
    r"rédaction|redakcja|redakce|redaction|toimitus|team|correspondents?|korrespondent(?:in)?|reporters?|journalists?|"
    r"journalistin|contributors?|admin|administrator|superadmin|wordpressadmin|moderator|publisher|guest|online|author|autor|unknown|anonymous|none|null|"
    r"webmaster|user|(?:projekt|abteilungs|ressort|büro|team|bereichs)leiter(?:in)?|редакция|редакція|redattore|updated|published|minutes?|read|share|follow|comments?|subscribe|"
    r"posts?|sponsored|gesponserte|inhalte|beiträge|artikel|articles?|more|mehr|alle|view|edition|kommentare?|datum|"
    r"newsletter|home|login|privacy|policy|terms|cookies?|facebook|twitter|xing|linkedin|whatsapp|e-?mail|editor-in-chief|writers?|wires?|services?|abteilung|pressestelle)\b|"
    r"-redaktion|편집|뉴스팀|編集部|记者|編集",
    re.IGNORECASE,
)
"""Words of what has no name of its own: a desk, a role, a button."""
_TEAM = re.compile(
    r"\b(?:staff|desk|team|editors|editorial|newsroom|redaktion|redactie|redacción|redação|redazione|rédaction|redakcja|"
    r"редакция|редакція|toimitus)\b|-redaktion\b|編集部|편집국",
    re.IGNORECASE,
)
"""Words of those who work at an outlet together."""
_HOUSE = re.compile(
    r"\b(?:agency|agencies|agences?|agencias?|agenzi[ae]|agenturen?|agentur|nachrichtenagentur|press|presse|news|media|newspaper|magazine?|"
    r"times|tribune|reuters|afp|dpa|apa|ansa|efe|epd|kna|sid|tass|xinhua|ukrinform|unian|yonhap|bloomberg|getty|ritzau|"
    r"adnkronos|agerpres|anadolu|askanews|belga|lapresse|mediafax|notimex|tanjug|kyodo|jiji|bernama|antara|interfax|interpress|keystone|canal|ajansı|gmbh|inc|ltd|llc|e\.\s?v|stiftung|foundation|"
    r"universität|university|institute?|verlag|verband|ministerium|ministry|network|zeitung|nachrichten|rundfunk|"
    r"tagblatt|tageblatt|fernsehen|radio|tv|gazette|herald|daily|weekly|chronicle|welle|le monde|le figaro|club|"
    r"інформагентство|агентство|новини|новости)\b|通信|新聞|日报|新华|人民网|뉴스|भास्कर|\w\.(?:com?|org|net|de|at|ch|fr|it|es|uk)\b",
    re.IGNORECASE,
)
"""Words of agencies, outlets and companies."""
_PLACE = re.compile(r"\s*(?i:in|from|reporting|aus)\s")
_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_OWN_URL = re.compile(r"[(\[]\s*(?:https?://|www\.)")
_NO_NAME = re.compile(r"@|https?:|www\.|\d{2}|[<>{}=]|^\W+$")
_HANDLE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)+|[a-z]*\d\w*")
_INITIALS = re.compile(r"[A-ZÄÖÜ/]{1,6}")
_WORD_OF_NAME = re.compile(
    r"[A-ZÀ-ÞĀ-ŽΑ-ΩА-ЯЁІЇЄҐ][\w'’.\-]*|(?:d'|D'|O'|al-|el-)?[A-ZÀ-Þ][\w'’.\-]*|"
    r"von|van|vom|zu|zur|de|del|della|der|den|des|di|da|do|dos|du|la|le|el|ter|ten|bin|ibn|al|af|av|y|e|v\."
)
_UNCASED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1200-\u139f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME_CHARS, _NAME_WORDS = 60, 6


def people_in(text: str, sites: set[str], is_marked: bool = True, is_said: bool = True) -> list[str]:
    """The people that a byline names, in order, without roles, places, photographers, e-mails, URLs and the outlets
    that they wrote for. `sites`: keys of the outlet's names, which are nobody. Not `is_marked`: the text may be
    anything, and only what is spelled as a name counts. `is_said`: the page says that it names people, so that a
    name may be made of common words (Simon Read)."""
    if _OWN_URL.search(text):
        return []
    found = (_person(part, sites, is_said) for part in _parts(text, sites))
    return [name for name in found if name and (is_marked or _is_spelled_as_name(name))]


def outlets_in(text: str) -> list[str]:
    """The outlets that a byline's people wrote for, as written: `Ada Winter for The Courier`."""
    return [outlet for _, outlet in _pieces(text) if outlet]


def all_people(
    texts: Iterable[str], sites: set[str], is_marked: bool = True, is_said: bool = True
) -> tuple[str, ...]:
    """The people of several texts, each once, at most 20."""
    names: dict[str, str] = {}
    for text in islice(texts, AUTHORS_AT_MOST * 3):
        for name in people_in(text, sites, is_marked, is_said):
            names.setdefault(letters_only(name), name)
    return tuple(names.values())[:AUTHORS_AT_MOST]


def handle_in(text: str) -> str | None:
    """The user name that a text is, or that its e-mail begins with."""
    name = one_line(text).split("@")[0]
    return name if _HANDLE.fullmatch(name.lower()) else None


def is_byline(text: str) -> bool:
    """Whether a text begins as a byline does: `By `, `Von `, `Autor: `."""
    return _opens_byline(text.lstrip()[:_NAME_CHARS])


@lru_cache(maxsize=8192)
def _opens_byline(text: str) -> bool:
    """Cached: the pages of a site share most of their short texts."""
    found = _BY.match(text)
    return found is not None and bool(found[0].strip(" -–—|•*©"))


def is_team(name: str) -> bool:
    """Whether a name is a desk's or newsroom's; `Staff` alone is not a name."""
    return bool(_TEAM.search(name)) and bool(letters_only(_TEAM.sub("", name)))


def house_in(text: str, sites: set[str], is_said: bool = False) -> str | None:
    """The agency, outlet or desk that a byline names, as it is written; None for people and nothing.
    `is_said`: the publisher says that it is no person."""
    plain = _LINK_OR_MAIL.sub(" ", one_line(text)[:300])
    name = _bare(plain)
    if is_team(plain) and len(plain) <= _NAME_CHARS and not _NO_NAME.search(plain):
        return _BY.sub("", plain).strip()
    if not 1 < len(name) <= _NAME_CHARS or _DESK.search(name) or _NO_NAME.search(name) or _HANDLE.fullmatch(name):
        return None
    if "," in name and _is_own(name.split(",")[0].strip(), sites):
        return None  # The outlet itself, with its place.
    return None if not is_said and people_in(text, sites) else name


def _parts(text: str, sites: set[str]) -> list[str]:
    """Pieces that may be a name each; of `A, place` and `A, role` only A. Behind the outlet or an address stands its
    place, and nobody."""
    names = (_at_commas(piece) for piece, _ in _pieces(text))
    return [name for found in names if found and not _is_own(found[0].strip(), sites) for name in found]


def _is_own(text: str, sites: set[str]) -> bool:
    return is_site(text, sites) or _ADDRESS.fullmatch(text) is not None


def _pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """The pieces between `and`, `;` and the like, without the outlet that they wrote for, and that outlet."""
    bare = _BRACKETED.sub(" ", _LINK_OR_MAIL.sub(" ", one_line(text)[:1500]))
    outlet: str | None = None
    for piece in (piece for part in _SPLIT.split(_BY.sub("", bare)) for piece in _at_and(part)):
        is_rest = outlet is not None and " " not in piece.strip()
        whole = None if is_rest else _FOR.fullmatch(piece.strip())
        alone = None if is_rest or whole else _FOR_ALONE.fullmatch(piece.strip())
        if whole:
            outlet = whole["outlet"].strip(" ,.")
            yield whole["name"].strip(" ,"), outlet
        elif alone:
            outlet = (alone["one"] or alone["other"]).strip(" ,.")
            yield "", outlet
        elif not is_rest:
            outlet = None
            yield piece, None


def _at_and(part: str) -> list[str]:
    """`Ada Winter y Tom Okoro` are two; `Ortega y Gasset` is one."""
    pieces = _AND.split(part)
    return pieces if all(len(piece.split()) > 1 for piece in pieces) else [part]


def _at_commas(piece: str) -> list[str]:
    names = [name for name in piece.split(",") if name.strip()]
    is_full = bool(names) and " " in names[0].strip()
    others = (name for name in names[1:] if " " in name.strip() or not is_full)
    return [names[0], *(name for name in others if not _PLACE.match(name))] if names else []


def _bare(text: str) -> str:
    name = _ROLE.sub("", _CONTRIBUTION.sub("", _BY.sub("", text.strip()))).strip(" .:*\"'“”,")
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half > 1 and words[:half] == words[half:] else name


def _person(text: str, sites: set[str], is_said: bool) -> str | None:
    """The bare name, or None where the text names no person."""
    name = _bare(text)
    if not 1 < len(name) <= _NAME_CHARS or len(name.split()) > _NAME_WORDS or not letters_only(name):
        return None
    is_nobody = _NO_NAME.search(name) or (_is_house(name) and not (is_said and _is_uncommon(name, sites)))
    if is_nobody or _HANDLE.fullmatch(name) or _INITIALS.fullmatch(name) or (" " not in name and _DESK.search(text)):
        return None
    return None if is_site(name, sites) else name


def _is_house(name: str) -> bool:
    return bool(_DESK.search(name) or _HOUSE.search(name))


def _is_uncommon(name: str, sites: set[str]) -> bool:
    """Whether the name is a person's although words of it are those of desks and outlets."""
    is_name = _is_spelled_as_name(name) and has_own_word(name, lambda word: is_site(word, sites))
    return is_name and not _is_house(without_surnames(name))


def is_site(name: str, sites: set[str]) -> bool:
    """Whether a name is the outlet's."""
    bare = letters_only(name)
    return any(bare == site or (len(bare) > 3 and bare in site) for site in sites)


def _is_spelled_as_name(name: str) -> bool:
    """Two to five words with capitals, particles aside; in scripts without them, short."""
    if _UNCASED.search(name):
        return len(name) <= (6 if UNSPACED.search(name) else 30) and len(name.split()) <= 4
    words = name.split()
    return 2 <= len(words) <= 5 and all(_WORD_OF_NAME.fullmatch(word) for word in words) and words[-1][0].isupper()
