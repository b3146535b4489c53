"""Names of boxes: tells a template's name (`share-bar`) from a headline's words or a subject (`share-prices`)."""

import re
from functools import lru_cache

BOXES = re.compile(
    r"newsletter|subscri(?:be(?!r)|ption)|sign-?up|related|recommend|read-?(?:more|also|next|on)\b|"
    r"more-?(?:on|from|stories|news|like)|see-?also|also-?read|most-?(?:read|popular|viewed)|trending|promo|teaser|"
    r"advert|sponsor|outbrain|taboola|author-?(?:bio|box|info|card|desc|profile|about|footer)|about-?(?:the-?)?author|"
    r"bio-?box|-bio-|share|social|follow-?us|comment(?!ary)|disqus|breadcrumb|-tags?-|tag-?list|topics-?list|"
    r"caption|credit|copyright|-cta-|call-?to-?action|donat|support-?us|app-?(?:banner|promo|download)|cookie|"
    r"consent|gdpr|disclaimer|correction-?policy|print-?only|screen-?reader|visually-?hidden|sr-only|"
    r"inline-?(?:link|article|related|promo)|link-?(?:box|list|card)|bookmark|whatsapp|telegram|notification|"
    r"piano-|paywall-?(?:banner|promo|offer)"
)
"""Matches names in lower case, with a hyphen for every other separator and at both ends. Every alternative
starts with a plain character, so that the expression skips most places quickly."""
NAMES = ("class", "id", "data-component", "data-testid")
_SEPARATORS = re.compile(r"[\s_]+")
_SUBJECTS = re.compile(r"(?<!\S)(?:tag|category)-\S+")
"""The classes by which WordPress states the subjects of a whole post."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTS = re.compile(r"[^\W_]+")
_ENDINGS = re.compile(r"s|d|ed|r|er|e|ing|ion|ions|able|this|aholic|ize|ized|ation|ations|ise|isement|isements|ising")
_TEMPLATE = frozenset(
    re.findall(
        r"\w+",
        "a abs above ad ads app area article articles aside asset at b badge bar banner base below block "
        "blocks blog body bot bottom box boxes btn btns button buttons c call card cards cell center channel "
        "chip close cls cms cnt col collapse column columns comp component contain container content contents "
        "copy counter cover cta data default deck desc description desktop detail details disclaimer div dock "
        "dropdown e el element elementor email embed entry excerpt external extra facebook feature featured "
        "field figure fixed flex float floating follow foot footer form frame full g gallery grid group h h2 "
        "h3 h4 head header heading headline hidden home horizontal html icon icons id image images img in "
        "info inline inner input insert instagram item items jp js kicker l label large layout lead left "
        "legend like line link linkedin links list listing lists live login m main marker mb md media menu "
        "message meta mini mobile mod modal module modules more n name nav news o only option options outer "
        "overlay p pack package page pane panel paragraph parent photo pic picture piece pinterest player "
        "plugin pop popup position post posts pre preview primary print profile promoted pull r rail reddit "
        "region right rm row s sc section sections service sharing sidebar single site slide slider sm small "
        "source span sticky stories story strip style sub subheading summary swiper t tab table tag tags "
        "target tertiary text theme thumb thumbnail tile time title titles tool toolbar tools top topic "
        "topics twitter u ui ul unit up v1 v2 v3 via vertical video view w wide widget widgets wp wrap "
        "wrapped wrapper x xl xs youtube zone abstand bereich inhalt liste titel texte texto testo",
    )
)
"""What templates name the parts of a page by."""
_LONG_SLUG = 5


@lru_cache(maxsize=8192)
def box_word(names: str) -> str | None:
    """The word by which the value of an attribute names a box, None where it names none. Cached: a site has few
    class names and many elements."""
    said = _SUBJECTS.sub(" ", names) if "hentry" in names else names
    found = BOXES.search(f"-{_SEPARATORS.sub('-', said.lower())}-")
    return found[0].strip("-") if found else None


@lru_cache(maxsize=8192)
def is_of_a_template(names: str) -> bool:
    """Whether a token that names a box looks like a template's name, or none names one: the box's word begins a part
    of it, and what else it says is a word of templates, an outlet's prefix, a number or a hash."""
    tokens = [token for token in names.split() if box_word(token)]
    return not tokens or any(map(_is_template_token, tokens))


def _is_template_token(token: str) -> bool:
    if "__" in token or "--" in token:
        return True
    parts = [part.lower() for part in _PARTS.findall(_HUMP.sub("-", token))]
    said = "-".join(parts)
    whole = f"-{_SEPARATORS.sub('-', token.lower())}-"
    found = BOXES.search(f"-{said}-") or BOXES.search(whole)
    if found is None:
        return True
    rest = [part for part in BOXES.sub("-\0-", f"-{said}-").split("-") if part and part != "\0"]
    unknown = [place for place, part in enumerate(rest) if not _is_known(part)]
    is_prefixed = unknown == [0] and rest[0] == parts[0]
    return not unknown or (is_prefixed and len(parts) < _LONG_SLUG)


@lru_cache(maxsize=8192)
def headline_words(token: str) -> int:
    """How many words behind its first a name has that templates do not use."""
    parts = [part.lower() for part in _PARTS.findall(_HUMP.sub("-", token))]
    return sum(not _is_known(part) and not BOXES.search(f"-{part}-") for part in parts[1:])


def _is_known(part: str) -> bool:
    is_hash = any(map(str.isdigit, part)) or len(part) < 3 or not re.search("[aeiouy]", part)
    return part in _TEMPLATE or is_hash or bool(_ENDINGS.fullmatch(part))


def is_slug(name: str, heading: str) -> bool:
    """Whether a name is made of the words of a heading, as anchors are: `who-shares-the-cost`."""
    said = [part.lower() for part in _PARTS.findall(name) if not part.isdigit()]
    words = {part.lower() for part in _PARTS.findall(heading)}
    return bool(said) and sum(part in words for part in said) * 3 >= 2 * len(said)
