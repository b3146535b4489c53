"""Soft 404s without a telling title: finds one short text under many URLs (docs/explanation/hostile-web.md D04)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from schemas.history.known_urls import LookAlike
from schemas.items.article import Article, Origin
from tasks.pure.article.completeness import is_told, prose_of
from tasks.pure.stories.samples import Sample, containment, sample
from tasks.pure.text.clean import letters_only
from tasks.pure.urls.domains import host_of
from tasks.pure.urls.page_names import slug_of

URLS_AT_LEAST = 3
WORDS_AT_MOST = 150
"""Of a soft 404; a page with more words is kept as an article."""
SAME_AT_LEAST = 0.4
"""Of the shorter text, with one title: a soft 404 of two sentences may hold a date or a request number, with which
five of its groups of words differ."""
_OF_PAGE = frozenset((Origin.JSON_LD, Origin.META, Origin.TIME_ELEMENT))


def suspects(articles: Sequence[Article], entry_titles: Mapping[UUID, str | None]) -> list[Article]:
    """The articles that may be soft 404s: short, with another title than the feed gave them, without a date of their
    own and without several paragraphs of an article. This spares videos whose text is one stock sentence, and copies
    of one short story: they have their feed's title. `entry_titles`: the feed's title by capture; None: the feed gave
    none."""
    return [
        article
        for article in articles
        if article.word_count <= WORDS_AT_MOST
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
    alike: dict[tuple[str, str], list[tuple[str, Sample]]] = defaultdict(list)
    seen = [(one.canonical_url, one.title, one.body) for one in past]
    seen += [(one.canonical_url, one.title, one.body) for one in found]
    for url, title, body in seen:
        alike[host_of(url), title].append((url, sample(body)))
    return frozenset(
        article.capture_id
        for article in found
        if _urls_like(article, alike[host_of(article.canonical_url), article.title]) >= URLS_AT_LEAST
    )


def _urls_like(article: Article, others: Sequence[tuple[str, Sample]]) -> int:
    own = sample(article.body)
    hashes = set(own.hashes)
    its = (url for url, one in others if containment(own, one, len(hashes.intersection(one.hashes))) >= SAME_AT_LEAST)
    return len({slug_of(url) or url for url in its})
