"""Pages written by us, and what must come out of them: a folder a case, one assertion a field."""

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from schemas.items.article import Article
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import EntryFacts, Link
from schemas.items.outcome import Refusal
from schemas.sources.source import Source
from tasks.pure.article.build import read_article

FOLDER = Path(__file__).parent
CASES = sorted(path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*/expected.toml"))


def _declared(case: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / case / "expected.toml").read_text(encoding="utf-8"))


FIELDS = [(case, field) for case in CASES for field in _declared(case)["expected"]]


@cache
def _outcome(case: str) -> Article | Refusal:
    declared = _declared(case)
    page = (FOLDER / case / "page.html").read_bytes()
    link = Link(
        url=declared["url"],
        source="tested",
        found_in="https://feeds.example/rss",
        found_at=datetime(2026, 6, 1, tzinfo=UTC),
        entry=EntryFacts.model_validate(declared.get("entry", {})),
    )
    capture = Capture(
        capture_id=UUID(int=1),
        run_id="run",
        link=link,
        final_url=declared["url"],
        status=200,
        charset=declared.get("charset"),
        fetched_at=datetime(2026, 6, 1, tzinfo=UTC),
        elapsed_s=0.1,
        body_bytes=len(page),
        warc=WarcPointer(file="segment", offset=0, length=1, digest="sha256:A"),
    )
    return read_article(
        page, capture, Source(slug="tested", homepage="https://x.example/", country="gb", **declared["source"])
    )


def _seen(outcome: Article | Refusal, field: str) -> object:
    if isinstance(outcome, Refusal) or field == "refusal":
        return outcome.reason.value if isinstance(outcome, Refusal) else None
    match field:
        case "body":
            return outcome.body.split("\n\n")
        case "links_out":
            return [link.url for link in outcome.links_out]
        case "stated":
            return [f"{one.field}:{one.origin}:{one.raw}" for one in outcome.evidence]
        case "chosen":
            return [f"{one.field}:{one.origin}" for one in outcome.evidence if one.chosen]
    value = getattr(outcome, field)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize(("case", "field"), FIELDS, ids=[f"{case}:{field}" for case, field in FIELDS])
def test_the_page_gives_what_was_expected(case: str, field: str) -> None:
    assert _seen(_outcome(case), field) == _declared(case)["expected"][field]


@pytest.mark.parametrize("case", CASES)
def test_an_article_of_a_page_keeps_the_record_rules(case: str) -> None:
    outcome = _outcome(case)

    assert isinstance(outcome, Refusal) or Article.model_validate(
        outcome.model_dump() | {"links_out": outcome.links_out}
    )


def test_there_is_a_case_for_every_folder_with_a_page() -> None:
    assert {path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*/page.html")} == set(CASES)
