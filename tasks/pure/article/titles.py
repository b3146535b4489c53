"""Titles: chooses the headline among a page's candidates and removes the site's name from it."""

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from schemas.items.unspaced_scripts import words_of
from tasks.pure.article.outlet_names import OutletNames, key_of, names_of
from tasks.pure.page.parse import Page
from tasks.pure.text.clean import letters_only, likeness, one_line, unwrapped, without_markup
from tasks.pure.urls.domains import registrable_domain

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/]+\s+|\s*[|»«]\s*|\s+::\s+|_|--")
_SITE_MARK = re.compile(r"\s*[|»«_]\s*|\s+[-–—·•:]+\s+")
_UNREAD = etree.XPath(".//text()[not(ancestor::rt or ancestor::rp)]")
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\])$")
_NO_HEADLINE = frozenset(
    ("home", "homepage", "startseite", "news", "article", "untitled", "null", "index", "головна")
)
_VOTES = {"og": 1, "stated": 3, "h1": 2, "micro": 0, "twitter": 1, "title": 0}
"""Votes of each place; on a tie the first in this order wins. The structured headline loses only if the h1 and a
social title agree on another (with votes fundus 0.85, in a fixed order 0.79; trafilatura-eval 0.83 and 0.82)."""
_LIKE_ENOUGH = 0.6
_H1_AT_MOST = 8
_TITLE_CHARS = 500


def choose_title(page: Page, feed_title: str | None, outlet: str) -> str | None:
    """The headline, at most 500 characters; None if neither page nor feed has one.

    If the feed gives a title, the candidate most like it; else the candidate with most votes. The names of the
    outlet (`outlet`), of the site and of its host are removed from both ends, and are no headlines.
    """
    places = dict(_places(page))
    sites = _site_names(page, outlet, places)
    found = {place: _without_site(text, sites) for place, text in places.items()}
    named = {place: text for place, text in found.items() if _is_headline(text, sites)}
    candidates = list(named.values())
    feed = _without_site(feed_title or "", sites)
    chosen = _like_feed(candidates, feed) or _agreed(named) or feed or None
    if not chosen:
        return None
    return _with_tags(_whole(chosen, candidates), named.get("h1"))[:_TITLE_CHARS].rstrip()


def _with_tags(chosen: str, heading: str | None) -> str:
    """The h1, if it is the chosen title and shows a tag as text (`Why <br> is no paragraph`): elsewhere `<br>` may be
    markup that a publisher's system left in, but there a reader sees it."""
    if heading is None or "<" not in heading:
        return chosen
    return (
        heading if letters_only(chosen) in (letters_only(heading), letters_only(without_markup(heading))) else chosen
    )


def _site_names(page: Page, outlet: str, places: Mapping[str, str]) -> OutletNames:
    """The outlet's names from its source file, its page and its host; of the variants those that the visible headline
    and the structured one do not have as a part."""
    host = registrable_domain(page.url) or ""
    names = names_of(outlet, page.site_name, page.stated.publisher, hosts=(host.partition(".")[0], host))
    headlines = (places[place] for place in ("stated", "h1") if place in places)
    parted = (parts for text in headlines if len(parts := _SEPARATOR.split(text)) > 1)
    shown = frozenset(key_of(part) for parts in parted for part in parts if part)
    return names.but(shown).with_name(_masthead(places, page.url))


def _places(page: Page) -> list[tuple[str, str]]:
    """The places that state a headline, most trusted first, each with the headline as written."""
    stated = page.stated.headline if page.stated.is_article else None
    said = (
        ("stated", stated),
        ("h1", _main_h1(page)),
        ("micro", page.microdata.get("headline", (None,))[0]),
        ("og", page.meta("og:title")),
        ("twitter", page.meta("twitter:title")),
        ("title", page.title),
    )
    return [(place, text) for place, text in said if text]


def _agreed(named: Mapping[str, str]) -> str | None:
    """The candidate with most votes; on a tie the first in the order of `_VOTES`."""
    votes = Counter[str]()
    for place, text in named.items():
        votes[letters_only(text)] += _VOTES[place]
    return max(
        (named[place] for place in _VOTES if place in named), key=lambda text: votes[letters_only(text)], default=None
    )


def _masthead(places: Mapping[str, str], url: str) -> frozenset[str]:
    """The h1 as letters only, if it is the site's name: no other place but a part of the title element has it,
    and the end of the page's URL has words of that title, but none of the h1."""
    heading, title = places.get("h1", ""), places.get("title", "")
    if not heading or any(
        letters_only(text) == letters_only(heading) for place, text in places.items() if place != "h1"
    ):
        return frozenset()
    parts = [letters_only(part) for part in _SITE_MARK.split(title)]
    if len(parts) < 2 or letters_only(heading) not in parts:
        return frozenset()
    slug, own = set(words_of(urlsplit(url).path.rstrip("/").rpartition("/")[2])), set(words_of(heading))
    is_named = len(slug & set(words_of(title))) > 1 and not slug & own
    return frozenset({key_of(heading)} if is_named else ())


def stated_titles(page: Page) -> list[str]:
    """Every headline that the page states, most trusted first, as written."""
    return [text for _, text in _places(page)]


def _main_h1(page: Page) -> str | None:
    """The h1 most like the page's title: an h1 with the site's logo is least like it."""
    texts = [text for text in map(_heading_text, list(page.tree.iter("h1"))[:_H1_AT_MOST]) if text]
    named = page.meta("og:title") or page.title or ""
    return max(texts, key=lambda text: (round(likeness(text, named), 2), len(text)), default=None) if texts else None


def _heading_text(heading: HtmlElement) -> str:
    """The heading's text with spaces between its elements, none before punctuation, and without ruby annotations."""
    if heading.find(".//rt") is not None:
        return one_line("".join(_UNREAD(heading)))[:1000]
    apart, joined = (one_line(unwrapped(glue.join(heading.itertext())))[:1000] for glue in (" ", ""))
    return apart if re.search(r"\s[:,;?!]", joined) else re.sub(r"\s+([:,;?!.])", r"\1", apart)


def _without_site(text: str, sites: OutletNames) -> str:
    """The text without the site's name at its start or end."""
    marks = list(_SEPARATOR.finditer(text))
    whole = next((mark for mark in marks if key_of(text[mark.end() :]) in sites.exact), None)
    if whole:
        return _without_site(text[: whole.start()].strip(), sites)
    if marks and _is_site(text[marks[-1].end() :], marks[-1][0], sites):
        return _without_site(text[: marks[-1].start()].strip(), sites)
    if marks and _is_site(text[: marks[0].start()], marks[0][0], sites):
        return _without_site(text[marks[0].end() :].strip(), sites)
    before, _, after = text.partition(": ")
    if after and key_of(before) in sites.exact:
        return after.strip()
    before, _, after = text.rpartition(": ")
    return before if before and key_of(after) in sites.exact else re.sub(r"\s+[|–—»·-]+$", "", text.strip())


def _is_site(part: str, mark: str, sites: OutletNames) -> bool:
    return sites.has(part, is_listed=any(sign in mark for sign in "|»«•·"))


def _is_headline(text: str, sites: OutletNames) -> bool:
    bare = key_of(text)
    return bool(bare) and bare not in sites.exact and text.casefold() not in _NO_HEADLINE


def _like_feed(candidates: list[str], feed: str) -> str | None:
    """The candidate most like the feed's title; None if there is no title or no candidate is like it."""
    if not feed:
        return None
    exact = next((text for text in candidates if letters_only(text) == letters_only(feed)), None)
    if exact:
        return exact
    best = max(candidates, key=lambda text: likeness(text, feed), default=None)
    return best if best and likeness(best, feed) >= _LIKE_ENOUGH else None


def _whole(chosen: str, candidates: list[str]) -> str:
    """The full title, if `chosen` is cut and another candidate begins with it; else `chosen`."""
    stem = letters_only(_CUT.sub("", chosen))
    is_cut = bool(_CUT.search(chosen)) or len(chosen) in (109, 110)
    longer = [
        text for text in candidates if is_cut and len(text) > len(chosen) and letters_only(text).startswith(stem)
    ]
    return longer[0] if longer else chosen
