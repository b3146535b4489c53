"""Articles and captures to judge, each sound unless a test says what is wrong with it."""

from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from schemas.items.article import Article, Completeness
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link, Precision

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def article(number: int = 1, **different: Any) -> Article:
    """A sound article of source `gazette`, unvalidated as extraction gives it; fields as given."""
    url = f"https://gazette.example/story-{number}"
    fields: dict[str, Any] = {
        "article_id": uuid5(NAMESPACE_URL, url),
        "source": "gazette",
        "url": url,
        "canonical_url": url,
        "title": f"Story {number}",
        "body": f"Paragraph {number} of a story.\n\nAnother one.",
        "authors": ("Ann Weaver",),
        "published_at": AT,
        "published_precision": Precision.SECOND,
        "language": "en",
        "completeness": Completeness.FULL,
        "word_count": 400,
        "body_hash": f"{number:064x}",
        "extractor": "trafilatura",
        "extractor_version": "2.3.1",
        "config_hash": "c0ffee",
        "capture_id": uuid5(NAMESPACE_URL, f"capture {number}"),
        "fetched_at": AT,
    }
    return Article.model_construct(**(fields | different))


def without(field: str) -> Article:
    """A sound article that lacks a field altogether."""
    whole = article()
    names = set(Article.model_fields) - {field}
    return Article.model_construct(**{name: getattr(whole, name) for name in names})


def capture_of(its: Article) -> Capture:
    """The capture that the article was read from."""
    link = Link(url=its.url, source="gazette", found_in="https://gazette.example/feed", found_at=AT)
    return Capture(
        capture_id=its.capture_id,
        run_id="run-1",
        link=link,
        final_url=its.url,
        status=200,
        fetched_at=AT,
        elapsed_s=0.25,
        attempts=2,
        body_bytes=1234,
        warc=WarcPointer(file="a.warc.gz", offset=0, length=10, digest="sha256:A"),
    )
