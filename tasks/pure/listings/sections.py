"""Sections: finds the links to articles on a home or section page, by their URL and text."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from schemas.items.link import EntryFacts
from schemas.items.outcome import Refusal
from schemas.items.unspaced_scripts import UNSPACED, words_of
from schemas.sources.listing import Listed, Listing
from tasks.pure.page.links import PageLink, page_links
from tasks.pure.page.parse import read_page
from tasks.pure.text.html_encoding import decode_html
from tasks.pure.text.language_tags import language_of
from tasks.pure.urls.domains import registrable_domain
from tasks.pure.urls.normalise import canonical, is_home

ENTRIES_AT_MOST = 1_000
"""The same limit as for a feed (docs/explanation/measured-facts.md, operating point)."""
WORDS_OF_A_HEADLINE = 4
"""Menu labels are shorter. In scripts without spaces a character counts as a word, and twice as many are needed."""
_PARTS = re.compile(r"https?://[^/?#]*([^?#]*)(?:\?([^#]*))?")
_DATE = re.compile(
    r"/(?:19|20)\d\d[/_.-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/_.-]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)"
)
_SLUG = re.compile(r"[^/]*[^/\W\d_][^/]*(?:[-_][^/\-_]+){3,}")
"""Four or more words joined by hyphens or underscores, in one part of the path."""
_NUMBER = re.compile(r"(?<!\d)\d{5,20}(?!\d)")
_QUERY_NUMBER = re.compile(
    r"(?:^|&)(?:p|id|aid|nid|cid|no|idxno|sno|news_?id|article_?(?:id|no)?|art_?id|story_?id|post_?id)=[\w-]*\d{3,20}"
    r"(?:&|$)",
    re.IGNORECASE,
)
_OTHER_PARTS = (
    "tag tags topic topics category categories author authors autor autoren auteur auteurs profile people person "
    "contributor contributors by login log-in signin sign-in signup sign-up register registration account subscribe "
    "subscription subscriptions newsletter newsletters search suche about contact contacts privacy terms cookies "
    "cookie-policy privacy-policy terms-of-use imprint impressum agb legal help faq jobs careers advertise "
    "advertising shop store cart checkout rss feed feeds page share print comments comment wp-login.php wp-admin "
    "cdn-cgi user users events podcasts weather horoscope sudoku"
)
"""A path with one of these as a whole part is no article's."""
_OTHERS = frozenset(_OTHER_PARTS.split())
_OTHER_FILES = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|ico|mp[34]|m4a|ogg|mov|avi|zip|gz|rar|docx?|xlsx?|pptx?|epub|xml|rss|atom|json"
    r"|txt|css|js|ics|vcf|apk|exe|dmg)$",
    re.IGNORECASE,
)
_OTHER_REL = frozenset({"tag", "author", "sponsored", "license", "search", "prev", "next"})


def read_section(body: bytes, url: str, charset: str | None) -> Listing | Refusal:
    """The articles that the page at `url` links to, in the page's order, each once, at most 1,000.

    A link counts as an article if it stays within the page's registrable domain, is outside of nav, footer and
    aside, has a URL like an article's (`looks_like_article`), and is a heading or has at least four words. Its text
    becomes the entry's title. Other links are not recorded in `bad_links`: most are menus. Refuses what
    `decode_html` and `read_page` refuse.
    """
    decoded = decode_html(body, charset)
    if isinstance(decoded, Refusal):
        return decoded
    page = read_page(decoded.text, url)
    if isinstance(page, Refusal):
        return page
    titles: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for key, link in _articles(page_links(page), url):
        spelt.setdefault(key, link.url)
        titles.setdefault(key, link.text)
    listed = [Listed(url=spelt[key], facts=EntryFacts(title=titles[key])) for key in spelt]
    return Listing(
        format="html",
        entries=tuple(listed[:ENTRIES_AT_MOST]),
        title=page.site_name or page.title,
        language=language_of(page.language),
        entries_dropped=max(len(listed) - ENTRIES_AT_MOST, 0),
        charset=decoded.encoding,
        broken_chars=decoded.broken,
        parser="lxml",
    )


def _articles(links: Iterator[PageLink], url: str) -> Iterator[tuple[str, PageLink]]:
    """The canonical form of each article's URL and the link to it."""
    here, itself = registrable_domain(url), canonical(url)
    for link in links:
        if link.is_in_frame or link.rel & _OTHER_REL or not (link.is_heading or is_headline(link.text)):
            continue
        if registrable_domain(link.url) == here and looks_like_article(link.url):
            key = canonical(link.url)
            if key != itself:
                yield key, link


def looks_like_article(url: str) -> bool:
    """Whether the URL has a date or a number of five or more digits in its path, a part of four joined words, or an
    article number in its query; and is not the URL of a tag, an author, a form, a file or a front page."""
    path, query = _path_and_query(url)
    if is_home(url) or _is_other(path):
        return False
    return bool(_DATE.search(path.lower()) or _has_slug(path) or _NUMBER.search(path) or _QUERY_NUMBER.search(query))


def _is_other(path: str) -> bool:
    return not _OTHERS.isdisjoint(path.lower().split("/")) or _OTHER_FILES.search(path) is not None


def _path_and_query(url: str) -> tuple[str, str]:
    found = _PARTS.match(url)
    return (unquote(found[1]), found[2] or "") if found else ("", "")


def is_headline(text: str) -> bool:
    """Whether the text has more words than a menu's label: four, or eight in scripts without spaces."""
    needed = WORDS_OF_A_HEADLINE * 2 if UNSPACED.search(text) else WORDS_OF_A_HEADLINE
    return len(words_of(text)) >= needed


def _has_slug(path: str) -> bool:
    return any(_SLUG.fullmatch(part) for part in path.split("/") if len(part) <= 500)
