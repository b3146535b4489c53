"""The pages: news with filters, search, articles with their versions, stories, captures, sources, tables."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from flows.serving.desk import ServedDesk, place_of
from flows.serving.downloads import ROWS as DOWNLOAD_ROWS
from flows.serving.downloads import downloads_of
from flows.serving.shown_texts import cells, marked, paragraphs
from schemas.errors import UsageError
from schemas.history.search import SearchFilters
from schemas.served import ServedRows, ServedVersion
from tasks.machine.local_zone import reading_zone
from tasks.pure.reports.templates_env import page_template, style_sheet
from tasks.pure.reports.url_history import story_lines
from tasks.pure.text.word_diff import Kind, Piece, word_diff
from warehouse.reader.url_history import explain

ROWS = 50
STORIES = 20


class PageMaker:
    """Makes pages for one desk; `root` is the path below which a reverse proxy shows them."""

    def __init__(self, desk: ServedDesk) -> None:
        self.desk = desk
        self.zone: ZoneInfo = reading_zone(desk.settings.time_zone)

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page of a template."""
        published = self.desk.pool.published_ns()
        told = {
            "root": request.scope.get("root_path", ""),
            "here": request.scope["path"],
            "zone": self.zone,
            "published": datetime.fromtimestamp(published / 1e9, UTC) if published else None,
        }
        return HTMLResponse(page_template(f"serve/{template}").render(**told, **values), status)


def pages_of(desk: ServedDesk) -> APIRouter:
    """The routes of the pages."""
    routes, pages = APIRouter(include_in_schema=False), PageMaker(desk)
    _news(routes, pages)
    _search(routes, pages)
    _articles(routes, pages)
    routes.include_router(downloads_of(desk))
    _tables(routes, pages)

    @routes.get("/style.css")
    def style() -> Response:
        return Response(
            style_sheet("front", "serve"), media_type="text/css", headers={"cache-control": "max-age=3600"}
        )

    return routes


def error_page(desk: ServedDesk, request: Request, status: int, message: str) -> Response:
    """What went wrong, for people."""
    return PageMaker(desk).page(request, "error", status, code=status, message=message)


def _news(routes: APIRouter, pages: PageMaker) -> None:
    desk = pages.desk

    @routes.get("/")
    def index(
        request: Request,
        source: Annotated[str, Query(max_length=63)] = "",
        language: Annotated[str, Query(max_length=3)] = "",
        section: Annotated[str, Query(max_length=200)] = "",
        day: str = "",
        cursor: Annotated[str, Query(max_length=200)] = "",
    ) -> Response:
        given = {"source": source, "language": language, "section": section, "day": day}
        since = _day(day, pages.zone)
        chosen = SearchFilters(
            sources=(source,) if source else (), language=language or None, section=section or None, since=since
        )
        found = desk.articles(chosen, ROWS, cursor or None)
        stories = () if cursor else desk.stories(since, chosen.language, source or None, STORIES)
        as_feed = given | {"day": "", "since": since.isoformat() if since else ""}
        return pages.page(
            request,
            "index",
            title=" – ".join(["News", *filter(None, given.values())]),
            filters=given,
            sources=desk.sources(),
            stories=[each for each in stories if each.articles > 1],
            page={"items": found.items, "next": found.next},
            query=_query(as_feed),
            next_query=_query(given | {"cursor": found.next or ""}),
        )


def _search(routes: APIRouter, pages: PageMaker) -> None:
    desk = pages.desk

    @routes.get("/search")
    def search(request: Request, q: Annotated[str, Query(max_length=500)] = "") -> Response:
        asked, answer, fault = q.strip(), None, ""
        if asked:
            try:
                answer = desk.search(asked, SearchFilters(), ROWS)
            except UsageError as error:
                fault = str(error)
        hits = [(hit, marked(hit.headline), marked(hit.passage)) for hit in answer.hits] if answer else []
        status = 400 if fault else 200
        query = _query({"q": asked})
        return pages.page(request, "search", status, asked=asked, answer=answer, hits=hits, fault=fault, query=query)

    @routes.get("/stories/{story_id}")
    def story(request: Request, story_id: UUID) -> Response:
        return pages.page(request, "story", told=desk.story(str(story_id)))


def _articles(routes: APIRouter, pages: PageMaker) -> None:
    desk = pages.desk

    @routes.get("/articles/{article_id}")
    def article(
        request: Request,
        article_id: UUID,
        at: Annotated[int | None, Query(ge=1)] = None,
        version: Annotated[int | None, Query(ge=1)] = None,
    ) -> Response:
        versions = desk.versions(article_id)
        latest = len(versions) - 1
        place = min((at or len(versions)) - 1, latest) if version is None else place_of(versions, version)
        return _of_version(request, pages, versions, place)

    @routes.get("/captures/{capture_id}")
    def capture(capture_id: UUID) -> Response:
        place, body = desk.capture(capture_id)
        headers = {
            "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
            "content-disposition": f'inline; filename="{capture_id}.txt"',
            "x-newsdesk-url": place.url.encode("ascii", "replace").decode(),
        }
        return Response(body, media_type="text/plain; charset=utf-8", headers=headers)


def _of_version(request: Request, pages: PageMaker, versions: Sequence[ServedVersion], place: int) -> Response:
    shown = versions[place]
    before = versions[place - 1] if place else None
    pieces = word_diff(_whole(before), _whole(shown)) if before else (Piece(Kind.SAME, _whole(shown)),)
    told = explain(pages.desk.settings.reader_path, shown.url)
    return pages.page(
        request,
        "article",
        versions=versions,
        shown=shown,
        place=place + 1,
        before=before,
        paragraphs=paragraphs(pieces),
        history=story_lines(told, pages.zone),
    )


def _tables(routes: APIRouter, pages: PageMaker) -> None:
    desk = pages.desk

    @routes.get("/sources")
    def sources(request: Request) -> Response:
        rows = [
            (
                f"/?{urlencode({'source': each.source})}",
                each.name or each.source,
                (each.source, each.language or "", f"{each.articles:,}"),
            )
            for each in desk.sources()
        ]
        caption = f"{len(rows):,} sources."
        columns = ("source", "slug", "language", "articles")
        return pages.page(request, "list", title="Sources", caption=caption, columns=columns, rows=rows)

    @routes.get("/tables")
    def tables(request: Request) -> Response:
        rows = [(f"/tables/{each.name}", each.name, (each.comment,)) for each in desk.tables()]
        columns = ("table", "one row is")
        caption = "Tables, views and reports; each as CSV and JSON, too."
        return pages.page(request, "list", title="Tables", caption=caption, columns=columns, rows=rows)

    @routes.get("/tables/{name}")
    def table(request: Request, name: str, offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> Response:
        found = desk.table(name, ROWS, offset)
        comment = next(each.comment for each in desk.tables() if each.name == name)
        shown = ServedRows(columns=found.columns, rows=tuple(map(cells, found.rows)), is_cut=found.is_cut)
        values: dict[str, Any] = {"name": name, "comment": comment, "rows": shown, "offset": offset, "limit": ROWS}
        return pages.page(request, "table", **values, most=DOWNLOAD_ROWS)

    @routes.get("/articles")
    def all_articles(request: Request) -> Response:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/")


def _day(text: str, zone: ZoneInfo) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text[:40]!r} is no day, as 2026-11-03") from error


def _query(values: dict[str, str]) -> str:
    text = urlencode({name: value for name, value in values.items() if value})
    return f"?{text}" if text else ""


def _whole(version: ServedVersion) -> str:
    return "\n\n".join(part for part in (version.dek, version.body) if part)
