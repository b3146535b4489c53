"""The headline: which of a page's candidates it is, without the site's suffix."""

import re

from lxml.html import HtmlElement

from tasks.pure.pages import Page
from tasks.pure.texts import key, likeness, one_line

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/]+\s+|\s*[|»«]\s*|\s+::\s+")
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\])$")
_NO_HEADLINE = frozenset(
    ("home", "homepage", "startseite", "news", "article", "untitled", "null", "index", "головна")
)
_LIKE_ENOUGH = 0.6
_H1_AT_MOST = 8
_VARIANT_CHARS = 10
_TITLE_CHARS = 500


def choose_title(page: Page, feed_title: str | None, outlet: str) -> str | None:
    """The headline, or None where nothing on the page or in the feed can be one.

    JSON-LD headline, then h1, then og:title, then the title element; where the feed names the entry,
    the candidate most like its title goes first (measured: any candidate right on 99 % of pages, this
    order on 84 %). `outlet` and the page's own site name are taken off the end, and are no headlines.
    """
    sites = {key(name) for name in (outlet, page.site_name, page.stated.publisher) if name and key(name)}
    found = [_without_site(text, sites) for text in stated_titles(page)]
    candidates = [text for text in found if text and _is_headline(text, sites)]
    feed = _without_site(feed_title or "", sites)
    chosen = _like_feed(candidates, feed) or (candidates[0] if candidates else feed) or None
    return _whole(chosen, candidates)[:_TITLE_CHARS].rstrip() if chosen else None


def stated_titles(page: Page) -> list[str]:
    """Every headline that the page states, most trusted first, as written."""
    stated = page.stated.headline if page.stated.is_article else None
    micro = page.microdata.get("headline", (None,))[0]
    metas = (page.meta("og:title"), page.meta("twitter:title"), page.title)
    return [text for text in (stated, _main_h1(page), micro, *metas) if text]


def _main_h1(page: Page) -> str | None:
    """The h1 that shares most words with the title element; a logo's h1 shares the fewest."""
    texts = [text for text in map(_heading_text, list(page.tree.iter("h1"))[:_H1_AT_MOST]) if text]
    named = page.meta("og:title") or page.title or ""
    return max(texts, key=lambda text: (round(likeness(text, named), 2), len(text)), default=None) if texts else None


def _heading_text(heading: HtmlElement) -> str:
    """Spans of a heading stand apart, but for a mark that follows one."""
    apart, joined = (one_line(glue.join(heading.itertext()))[:1000] for glue in (" ", ""))
    return apart if re.search(r"\s[:,;?!]", joined) else re.sub(r"\s+([:,;?!.])", r"\1", apart)


def _without_site(text: str, sites: set[str]) -> str:
    """The text without a leading or trailing part that is the site's name."""
    parts = list(_SEPARATOR.finditer(text))
    if parts and _is_site(text[parts[-1].end() :], sites):
        return _without_site(text[: parts[-1].start()].strip(), sites)
    if parts and _is_site(text[: parts[0].start()], sites):
        return _without_site(text[parts[0].end() :].strip(), sites)
    before, _, after = text.partition(": ")
    return after.strip() if after and key(before) in sites else text.strip()


def _is_site(part: str, sites: set[str]) -> bool:
    bare = key(re.sub(r"\.(?:com?|org|net|[a-z]{2})(?:\.[a-z]{2})?$", "", part.strip().lower()))
    return bool(bare) and any(bare == site or _is_variant(bare, site) for site in sites)


def _is_variant(bare: str, site: str) -> bool:
    """`bbcnews` and `bbcnewsworld` are; a clause that happens to name the site is not."""
    return len(bare) > 3 and (bare in site or (site in bare and len(bare) <= len(site) + _VARIANT_CHARS))


def _is_headline(text: str, sites: set[str]) -> bool:
    bare = key(text)
    return bool(bare) and bare not in sites and text.casefold() not in _NO_HEADLINE


def _like_feed(candidates: list[str], feed: str) -> str | None:
    """The candidate that says what the feed says; None where the feed is silent or says something else."""
    if not feed:
        return None
    exact = next((text for text in candidates if key(text) == key(feed)), None)
    if exact:
        return exact
    best = max(candidates, key=lambda text: likeness(text, feed), default=None)
    return best if best and likeness(best, feed) >= _LIKE_ENOUGH else None


def _whole(chosen: str, candidates: list[str]) -> str:
    """A candidate that goes on where the chosen one was cut short."""
    stem = key(_CUT.sub("", chosen))
    is_cut = bool(_CUT.search(chosen)) or len(chosen) in (109, 110)
    longer = [text for text in candidates if is_cut and len(text) > len(chosen) and key(text).startswith(stem)]
    return longer[0] if longer else chosen
