"""Finds lists in which the house speaks of itself: its app, its letters, its channels, its support."""

import re

from lxml import etree
from lxml.html import HtmlElement

from tasks.pure.body.measures import Measures
from tasks.pure.text.clean import letters_only, one_line

_STRING = etree.XPath("string()", smart_strings=False)
_ITEMS = range(2, 9)
_ITEM_CHARS = 300
_SHARE = 0.35
_NAME_LETTERS = 4
_CHANNEL = re.compile(
    r"\bapps?\b|\bios\b|\bandroid\b|news-?letters?|\bpodcasts?\b|e-?paper|whats-?app|instagram|facebook|telegram|"
    r"tiktok|\bthreads\b|bluesky|youtube|\bsocial media\b|\bsubscri\w+|\bmember(?:ship)?s?\b|\bdonat\w+|\bpush\b|"
    r"\brss\b|\babo(?:nn\w+|s)?\b|soziale\w* (?:medien|netzwerke\w*)|réseaux sociaux|redes sociales|suscri\w+|"
    r"[ck]anal\b|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|бюлетень|рассылк\w+|розсилк\w+|приложени\w+|застосун\w+|"
    r"تطبيق|النشرة|アプリ|メルマガ|公众号|客户端|앱\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:our|us|unser\w*|uns|notre|nos|nuestr\w+|noss[ao]s?|nostr[aoi]|ons|onze|vår\w*|vores|nasz\w*|наш\w*)\b",
    re.IGNORECASE,
)


def promotions(body: HtmlElement, measures: Measures) -> list[HtmlElement]:
    """Lists of short items, at least half of which name an app, a letter or a channel, and at least half the outlet
    (the first label of the page's domain) or `our`."""
    name = letters_only(measures.site.partition(".")[0])
    return [
        node
        for node in body.iter("ul", "ol")
        if measures.chars(node) < measures.total * _SHARE and _speaks_of_the_house(node, name)
    ]


def _speaks_of_the_house(node: HtmlElement, name: str) -> bool:
    items = [one_line(_STRING(item)) for item in node.iterchildren("li")]
    if len(items) not in _ITEMS or any(len(item) > _ITEM_CHARS for item in items):
        return False
    channels = sum(bool(_CHANNEL.search(item)) for item in items)
    own = sum(
        bool(_OWN.search(item)) or (len(name) >= _NAME_LETTERS and name in letters_only(item)) for item in items
    )
    return channels * 2 >= len(items) and own * 2 >= len(items)
