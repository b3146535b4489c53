"""Front pages of invented stories, with any text in the place of every field that is another's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.history.front_page import (
    Attention,
    FrontArticle,
    FrontCarried,
    FrontFinding,
    FrontPage,
    FrontSource,
    FrontTotals,
    Period,
    Revision,
    RisingTerm,
)
from schemas.history.story_answers import StoryLine
from tasks.pure.reports.front.pages import ASKED, render_pages
from tasks.pure.text.escaping import web_href
from warehouse.reader.front_page import members_sql

UNTIL = datetime(2026, 12, 1, 12, tzinfo=UTC)
OUTLETS = ("harbour", "quay", "pier", "mole")
PERIOD = Period(since=UNTIL - timedelta(days=1), until=UNTIL)


def hours_ago(number: float) -> datetime:
    """So many hours before the end of the period."""
    return UNTIL - timedelta(hours=number)


def article(number: int = 0, outlet: int = 0, **changes: Any) -> FrontArticle:
    """An article of the story of that number, by the outlet of that number."""
    url = f"https://{OUTLETS[outlet]}.example/{number}"
    fields: dict[str, Any] = {
        "article_id": uuid5(NAMESPACE_URL, url),
        "story_id": story_id(number),
        "source": OUTLETS[outlet],
        "title": f"The old bridge over the river Sow is closed again, for the {number}. time this year",
        "dek": "Engineers found cracks in two of the five piers, and want to look at the others before spring",
        "url": url,
        "language": "en",
        "section": "Transport",
        "authors": ("Ada Quay", "Bo Pier"),
        "at": hours_ago(10 - outlet),
        "at_by": "published",
        "published_at": hours_ago(10 - outlet),
        "completeness": "full",
    }
    return FrontArticle(**fields | changes)


def revision(number: int = 0, **changes: Any) -> Revision:
    """A change of headline, standfirst and text of the first outlet's article."""
    its = article(number)
    fields: dict[str, Any] = {
        "article_id": its.article_id,
        "source": its.source,
        "url": its.url,
        "language": "en",
        "at": hours_ago(2),
        "version": 2,
        "title_before": "The bridge is open",
        "title_after": "The bridge is closed",
        "dek_before": "Nobody was hurt",
        "dek_after": "One person was hurt",
        "body_before": "Two boats sank off the quay.",
        "body_after": "Three boats sank off the quay.",
    }
    return Revision(**fields | changes)


def story_id(number: int) -> UUID:
    """The id of the story of that number."""
    return uuid5(NAMESPACE_URL, f"story {number}")


def story(number: int, articles: list[FrontArticle], **changes: Any) -> StoryLine:
    """The line of a story with these articles."""
    fields: dict[str, Any] = {
        "story_id": story_id(number),
        "language": "en",
        "headline": articles[0].title,
        "outlets": len({each.source for each in articles}),
        "articles": len(articles),
        "sources": tuple(dict.fromkeys(each.source for each in articles)),
        "first_seen_at": articles[0].at,
        "first_at": articles[0].at,
        "last_at": articles[-1].at,
        "weight": 1.0,
    }
    return StoryLine(**fields | changes)


def front(
    count: int = 2,
    text: str | None = None,
    texts: Sequence[str] = (),
    language: str | None = "en",
    **changes: Any,
) -> FrontPage:
    """A front page of so many stories, each of four outlets, the last of which has a copy. `text` stands in every
    field that a publisher or a file may fill; of `texts` each story has another."""
    texts = texts or ([text] * count if text is not None else [])
    groups = [_told(number, texts[number] if texts else None, language) for number in range(count)]
    rows: list[str | None] = list(dict.fromkeys(texts)) or [None]
    told = [each for group in groups for each in group]
    fields: dict[str, Any] = {
        "period": PERIOD,
        "totals": FrontTotals(
            articles=len(told),
            articles_of_period=len(told),
            sources_of_period=4,
            stories_of_period=count,
            newest_at=UNTIL,
        ),
        "names": {"harbour": "The Harbour", "quay": "The Quay"} | {each: each for each in texts},
        "stories": tuple(story(number, group) for number, group in enumerate(groups)),
        "told": tuple(told),
        "titles": tuple(map(_changed, rows)),
        "newest": tuple(told[:40]),
        "revisions": tuple(map(_changed, rows)),
        "carried": tuple(map(_carried, rows)),
        "sources": tuple(map(_source, rows)),
        "findings": tuple(map(_finding, rows)),
        "attention": tuple(_attention(by, row) for by in ("source", "language", "section") for row in rows),
        "terms": tuple(map(_term, rows)),
        "asked": dict.fromkeys(ASKED, "SELECT 1"),
    }
    return FrontPage(**fields | changes)


def pages(of: FrontPage, **changes: Any) -> dict[str, str]:
    """The pages by file."""
    queries = {each.story_id: members_sql(each.story_id) for each in of.stories}
    fields: dict[str, Any] = {"written_at": UNTIL, "time_zone": "UTC", "story_sql": queries, "has_runs": False}
    return render_pages(of, **fields | changes)


def empty() -> FrontPage:
    """The front page of a warehouse without an article."""
    nothing = FrontTotals(articles=0, articles_of_period=0, sources_of_period=0, stories_of_period=0)
    rows: tuple[()] = ()
    of: dict[str, Any] = {
        "stories": rows,
        "told": rows,
        "titles": rows,
        "newest": rows,
        "revisions": rows,
        "carried": rows,
    }
    return front(0, totals=nothing, names={}, sources=rows, findings=rows, attention=rows, terms=rows, **of)


def _told(number: int, text: str | None, language: str | None) -> list[FrontArticle]:
    its: dict[str, Any] = {"language": language}
    if text is not None:
        its |= {"title": text, "dek": text, "section": text, "authors": (text,), "source": text}
        its |= _url(text)
    copied = {"duplicate_of": article(number).article_id}
    return [article(number, outlet, **its | (copied if outlet == 3 else {})) for outlet in range(4)]


def _changed(text: str | None) -> Revision:
    if text is None:
        return revision()
    fields = ("title", "dek", "body")
    sides: dict[str, Any] = {f"{field}_{side}": f"{side} {text}" for field in fields for side in ("before", "after")}
    return revision(source=text, **sides | _url(text))


def _carried(text: str | None) -> FrontCarried:
    return FrontCarried(first_source=text or "harbour", carried_by=text or "quay", texts=3, agencies=(text or "AP",))


def _attention(by: str, text: str | None) -> Attention:
    return Attention(by_what=by, name=text or "harbour", day=UNTIL.date(), articles=7, share=0.25)


def _term(text: str | None) -> RisingTerm:
    words: dict[str, Any] = {"term": "bridge", "headline": "The bridge is closed"}
    if text is not None:
        words = {"term": text, "headline": text} | _url(text)
    return RisingTerm(language="en", texts=5, sources=3, before=0.5, **words)


def _url(text: str) -> dict[str, str]:
    """The text as a URL, where it is none that may be a link: so that pages of all texts have the same elements."""
    return {"url": "nowhere" if web_href(text) else text}


def _finding(text: str | None) -> FrontFinding:
    return FrontFinding(severity="warning", source=text, code=text or "thin", message=text or "few articles")


def _source(text: str | None) -> FrontSource:
    return FrontSource(
        source=text or "harbour",
        health="silent",
        health_evidence=text or "nothing for 3 days",
        health_since=hours_ago(5),
        feeds_ok=1,
        feeds_failing=1,
        failing=(text or "timeout",),
        articles=1234,
        articles_24h=1,
        articles_7d=70,
        articles_7d_before=90,
    )
