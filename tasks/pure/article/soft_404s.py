"""Soft 404s without a telling title: finds one short text under many URLs (docs/explanation/hostile-web.md D04)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from schemas.history.known_urls import LookAlike
from schemas.items.article import Article, Origin
from tasks.pure.article.completeness import is_told, prose_of
from tasks.pure.text.clean import letters_only
from tasks.pure.urls.domains import host_of
from tasks.pure.urls.page_names import slug_of

URLS_AT_LEAST = 3
WORDS_AT_MOST = 150
"""Of a soft 404; a page with more words is kept as an article."""
BITS_AT_MOST = 10
"""Two fingerprints of the same soft 404 may differ in this many bits (its text may hold a date or a request number);
unrelated texts differ in about 32 of 64."""
_OF_PAGE = frozenset((Origin.JSON_LD, Origin.META, Origin.TIME_ELEMENT))


def suspects(articles: Sequence[Article], entry_titles: Mapping[UUID, str | None]) -> list[Article]:
    """The articles that may be soft 404s: short, with another title than the feed gave them, without a date of their
    own and without several paragraphs of an article. This spares videos whose text is one stock sentence, and copies
    of one short story: they have their feed's title. `entry_titles`: the feed's title by capture; None: the feed gave
    none."""
    return [
        article
        for article in articles
        if article.fingerprint
        and article.word_count <= WORDS_AT_MOST
        and letters_only(entry_titles.get(article.capture_id) or "") != letters_only(article.title)
        and not _is_dated(article)
        and not is_told(prose_of(article.body.split("\n\n")))
    ]


def _is_dated(article: Article) -> bool:
    """Whether the page itself states when it was published; a feed or a URL dates pages that are gone, too."""
    return any(one.origin in _OF_PAGE and one.field == "published_at" and one.at for one in article.evidence)


def same_everywhere(found: Sequence[Article], past: Sequence[LookAlike]) -> frozenset[UUID]:
    """The captures among the suspects `found` that are soft 404s: at least three URLs of their host have this
    title and, but for a few words, this text. URLs that end in the same words (`/local/bridge-47`, `/top/bridge-47`)
    count once: they are one article in several sections. `past`: the source's short articles with these titles, from
    before."""
    alike: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    seen = [(one.canonical_url, one.title, one.fingerprint) for one in past]
    seen += [(one.canonical_url, one.title, one.fingerprint or "0") for one in found]
    for url, title, fingerprint in seen:
        alike[host_of(url), title].append((url, int(fingerprint, 16)))
    return frozenset(
        article.capture_id
        for article in found
        if _urls_like(article, alike[host_of(article.canonical_url), article.title]) >= URLS_AT_LEAST
    )


def _urls_like(article: Article, others: Sequence[tuple[str, int]]) -> int:
    own = int(article.fingerprint or "0", 16)
    its = (url for url, fingerprint in others if (own ^ fingerprint).bit_count() <= BITS_AT_MOST)
    return len({slug_of(url) or url for url in its})
