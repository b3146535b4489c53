"""The pipeline's extraction in the form that the benchmark of shared/extract_bench asks for."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from schemas.article import Article, Evidence
from schemas.capture import Capture, WarcPointer
from schemas.link import Link, Precision
from schemas.outcome import Refusal
from schemas.source import Source
from tasks.pure.articles import read_article
from tasks.pure.authors import CREDIT
from tasks.pure.date_grammar import read_own
from tasks.pure.datings import PUBLISHED

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
    chosen = [one for one in article.evidence if one.field == PUBLISHED and one.chosen]
    date = _date(chosen[0], article.evidence) if chosen else None
    return {"text": article.body, "title": article.title, "authors": _byline(article), "date": date}


def _date(chosen: Evidence, evidence: tuple[Evidence, ...]) -> str | None:
    """The instant in the zone of the publisher, where any statement of it has one; the day alone where no
    more is known. Corpora write days, which are those of the publisher's zone."""
    if chosen.at is None or chosen.precision is Precision.DAY:
        return chosen.at.date().isoformat() if chosen.at else None
    said = (read_own(" ".join(one.raw.split())) for one in (chosen, *evidence) if one.at == chosen.at)
    offset_min = next((own.offset_min for own in said if own and own.offset_min), 0)
    return chosen.at.astimezone(timezone(timedelta(minutes=offset_min))).isoformat()


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
