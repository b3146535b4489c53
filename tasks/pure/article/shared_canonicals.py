"""Shared canonicals: ignores a canonical URL that several different articles state
(docs/explanation/measured-facts.md; docs/explanation/hostile-web.md G12)."""

from collections import defaultdict
from collections.abc import Sequence

from schemas.history.known_urls import CanonicalClaim
from schemas.items.article import Article
from tasks.pure.urls.normalise import article_id, canonical

TEXTS_AT_LEAST = 3


def claimed_elsewhere(articles: Sequence[Article], final_urls: Sequence[str]) -> list[str]:
    """The canonical URLs stated by pages at other URLs, sorted: only these can be shared."""
    pairs = zip(articles, final_urls, strict=True)
    return sorted({article.canonical_url for article, url in pairs if article.canonical_url != canonical(url)})


def uncollapsed(
    articles: Sequence[Article], final_urls: Sequence[str], past: Sequence[CanonicalClaim]
) -> list[Article]:
    """The articles of one source, in their order. If at least three pages with three different texts state one
    canonical URL, each page at another URL gets its own final URL as canonical URL and identity. `final_urls` belong
    to `articles`, by position. `past`: pages that stated these canonical URLs in earlier runs."""
    pages: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    own_urls = [canonical(url) for url in final_urls]
    for claim in past:
        pages[claim.canonical_url].add(canonical(claim.url))
        texts[claim.canonical_url].add(claim.body_hash)
    for article, own in zip(articles, own_urls, strict=True):
        pages[article.canonical_url].add(own)
        texts[article.canonical_url].add(article.body_hash)
    shared = {url for url in pages if min(len(pages[url]), len(texts[url])) >= TEXTS_AT_LEAST}
    return [
        article.model_copy(update={"canonical_url": own, "article_id": article_id(own)})
        if article.canonical_url in shared and own != article.canonical_url
        else article
        for article, own in zip(articles, own_urls, strict=True)
    ]
