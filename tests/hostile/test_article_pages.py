"""A hostile page gives what is sound in it, or its reason; it never crashes, and nothing in it is obeyed."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from schemas.items.article import Article
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link
from schemas.items.outcome import Refusal
from schemas.sources.source import Source
from tasks.pure.article.build import read_article
from tests.hostile.cases.page_cases import CASES, URL, Case

FETCHED_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
SOURCE = Source(
    slug="courier",
    name="Courier",
    homepage="https://courier.example/",
    language="en",
    country="gb",
    time_zone="Europe/London",
)


def read(case: Case) -> Article | Refusal:
    capture = Capture(
        capture_id=UUID(int=1),
        run_id="run",
        link=Link(url=URL, source="courier", found_in="https://courier.example/rss", found_at=FETCHED_AT),
        final_url=URL,
        status=200,
        media_type=case.media_type,
        charset=case.charset,
        fetched_at=FETCHED_AT,
        elapsed_s=0.1,
        body_bytes=len(case.page),
        warc=WarcPointer(file="segment", offset=0, length=1, digest="sha256:A"),
    )
    return read_article(case.page, capture, SOURCE)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_page_is_read_or_refused_with_its_reason(case: Case) -> None:
    outcome = read(case)

    if isinstance(outcome, Refusal):
        assert outcome.reason is case.refused
        return
    assert case.refused is None
    assert {name: _seen(outcome, name) for name in case.fields} == case.fields
    assert Article.model_validate(outcome.model_dump() | {"links_out": outcome.links_out})
    assert not [text for text in case.absent if text in outcome.model_dump_json()]


def _seen(article: Article, name: str) -> object:
    value = getattr(article, name)
    return value.isoformat() if isinstance(value, datetime) else value
