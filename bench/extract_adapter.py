"""The pipeline's extraction in the form that the benchmark of shared/extract_bench asks for."""

from datetime import UTC, datetime
from uuid import UUID

from schemas.article import Article
from schemas.capture import Capture, WarcPointer
from schemas.link import Link
from schemas.outcome import Refusal
from schemas.source import Source
from tasks.pure.articles import read_article
from tasks.pure.authors import CREDIT

_NOWHERE = "https://example.org/story"
_SOURCE = Source(slug="bench", name="Bench", homepage="https://example.org/", language="en", country="us")
_FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)


def extract(html: bytes, url: str | None) -> dict[str, object]:
    """`text`, `title`, `authors` and `date` (ISO text with its zone; a day where no more is known) of a
    page without a feed entry; an empty text where the pipeline would refuse the page.

    Corpora count a credited agency or outlet as author where a byline names nobody; we keep those apart,
    as evidence, and they are given here where the article has no people."""
    where = url if url and url.startswith(("http://", "https://")) else _NOWHERE
    article = read_article(html, _capture(html, where), _SOURCE)
    if isinstance(article, Refusal):
        return {"text": ""}
    at = article.published_at
    date = at and (at.date().isoformat() if article.published_precision == "day" else at.isoformat())
    return {"text": article.body, "title": article.title, "authors": _byline(article), "date": date}


def _byline(article: Article) -> list[str]:
    return list(article.authors) or [one.raw for one in article.evidence if one.field == CREDIT]


def _capture(html: bytes, url: str) -> Capture:
    return Capture(
        capture_id=UUID(int=0),
        run_id="bench",
        link=Link(url=url, source="bench", found_in="bench", found_at=_FETCHED_AT),
        final_url=url,
        status=200,
        fetched_at=_FETCHED_AT,
        elapsed_s=0.0,
        body_bytes=len(html),
        warc=WarcPointer(file="bench", offset=0, length=1, digest="sha256:"),
    )
