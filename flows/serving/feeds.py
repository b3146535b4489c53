"""Feeds, `/feeds/NAME.xml` (RSS) and `/feeds/NAME.json` (JSON Feed): articles, stories, a story, a saved search, a
report."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from flows.serving.api import filters_of
from flows.serving.desk import NotFoundError, ServedDesk
from schemas.errors import nearest
from schemas.history.search import SearchFilters
from tasks.pure.reports.exports.cells import as_json
from tasks.pure.reports.exports.feed import json_feed, rss

ITEMS = 100
STORIES_OF = timedelta(days=3)


class Feed(NamedTuple):
    """Title and items of a feed; an item has the keys of an article's row."""

    title: str
    items: Sequence[dict[str, Any]]


def feeds_of(desk: ServedDesk) -> APIRouter:
    """The routes of the feeds."""
    routes = APIRouter(include_in_schema=False)

    def feed_of(
        name: str,
        filters: Annotated[SearchFilters, Depends(filters_of)],
        q: Annotated[str, Query(max_length=500)] = "",
    ) -> Feed:
        return _feed(desk, name, filters, q)

    @routes.get("/feeds/{name}.xml")
    def as_rss(request: Request, feed: Annotated[Feed, Depends(feed_of)]) -> Response:
        text = rss(feed.title, "By Newsdesk", _home(desk, request), datetime.now(UTC), feed.items)
        return Response(text, media_type="application/rss+xml; charset=utf-8")

    @routes.get("/feeds/{name}.json")
    def as_json_feed(request: Request, name: str, feed: Annotated[Feed, Depends(feed_of)]) -> Response:
        home, asked = _home(desk, request), f"?{request.url.query}" if request.url.query else ""
        text = as_json(json_feed(feed.title, home, f"{home}feeds/{name}.json{asked}", feed.items))
        return Response(text, media_type="application/feed+json")

    return routes


def _home(desk: ServedDesk, request: Request) -> str:
    """Address of the first page, as readers know it."""
    return f"{desk.settings.serve_url.rstrip('/')}/" if desk.settings.serve_url else str(request.base_url)


def _feed(desk: ServedDesk, name: str, filters: SearchFilters, q: str) -> Feed:
    if name == "articles":
        return Feed("Newest articles", [_row(each) for each in desk.articles(filters, ITEMS).items])
    if name == "search" and q:
        return Feed(f"Search: {q}", _hits(desk, q, filters))
    if name == "stories":
        return Feed("Stories", _stories(desk, filters))
    if name.startswith("story-"):
        told = desk.story(name.removeprefix("story-"))
        items = [_row(each) | {"published_at": each.at} for each in reversed(told.members)]
        return Feed(told.story.headline, items[:ITEMS])
    return _named(desk, name)


def _named(desk: ServedDesk, name: str) -> Feed:
    """A saved search or a report of this name."""
    saved = desk.saved_searches()
    if name in saved:
        return Feed(name, _hits(desk, saved[name].query, saved[name].filters))
    reports = [each.name.removeprefix("reports.") for each in desk.tables() if each.name.startswith("reports.")]
    if name not in reports:
        known = [*saved, *reports, "articles", "stories"]
        raise NotFoundError(f"no feed named {name!r}; {nearest(name, known)}; or search?q=, story-ID")
    rows = desk.table(f"reports.{name}", ITEMS)
    return Feed(
        name.replace("_", " "), [_of_report(name, dict(zip(rows.columns, row, strict=True))) for row in rows.rows]
    )


def _hits(desk: ServedDesk, query: str, filters: SearchFilters) -> list[dict[str, Any]]:
    """The newest of the best hits first: a reader of feeds wants what is new."""
    hits = desk.search(query, filters, ITEMS).hits
    newest = sorted(hits, key=lambda hit: hit.published_at or hit.fetched_at, reverse=True)
    return [_row(hit) | {"dek": hit.passage.text} for hit in newest]


def _stories(desk: ServedDesk, filters: SearchFilters) -> list[dict[str, Any]]:
    since = filters.since or datetime.now(UTC) - STORIES_OF
    source = filters.sources[0] if filters.sources else None
    told = desk.stories(since, filters.language, source, ITEMS)
    return [
        {
            "article_id": each.story_id,
            "title": each.headline,
            "dek": f"{each.outlets} outlets, {each.articles} articles: {', '.join(each.sources)}",
            "published_at": each.first_at,
        }
        for each in told
    ]


def _of_report(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of any report: its own title and link where it has them, and all of it as the summary."""
    words = ", ".join(f"{key}: {value}" for key, value in row.items() if value is not None)
    title = next((str(row[key]) for key in ("title", "headline", "title_after") if row.get(key)), words[:120])
    times = [value for value in row.values() if isinstance(value, datetime)]
    url = next((row[key] for key in ("canonical_url", "url") if row.get(key)), None)
    return {"title": title, "url": url, "dek": words, "published_at": times[0] if times else None, "source": name}


def _row(model: Any) -> dict[str, Any]:
    told: dict[str, Any] = model.model_dump()
    return told
