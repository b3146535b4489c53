"""The server: pages, API and feeds of one home."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from flows.serving.api import ROOM, api_of
from flows.serving.desk import NotFoundError, ServedDesk
from flows.serving.feeds import feeds_of
from flows.serving.guard import OPEN, Guard, hosts_of
from flows.serving.kept_answers import KeptAnswers
from flows.serving.pages import error_page, pages_of
from schemas.errors import NewsdeskError, UsageError
from schemas.settings import Settings

SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI (from 0.150 on) records each request with OpenTelemetry unless it is told not to."""


def app_of(settings: Settings, listens_on: str = "127.0.0.1") -> ASGIApp:
    """The application; nothing of it writes."""
    desk = ServedDesk(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.pool.close()

    app = FastAPI(
        title="Newsdesk",
        version=version("newsdesk"),
        description="Articles, stories and tables of a Newsdesk home, read-only. Cite `url` and `capture`.",
        openapi_url=f"{ROOM}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        telemetry=SILENT,
    )
    app.include_router(api_of(desk))
    app.include_router(feeds_of(desk))
    app.include_router(pages_of(desk))

    @app.get(OPEN, include_in_schema=False)
    def health() -> dict[str, object]:
        return {"published_ns": desk.pool.published_ns()}

    @app.exception_handler(NewsdeskError)
    async def failed(request: Request, error: NewsdeskError) -> Response:
        return _told(desk, request, _status(error), type(error).__name__.removesuffix("Error"), str(error))

    @app.exception_handler(RequestValidationError)
    async def wrong(request: Request, error: RequestValidationError) -> Response:
        faults = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return _told(desk, request, 422, "Usage", faults)

    @app.exception_handler(404)
    async def nothing(request: Request, _: Exception) -> Response:
        return _told(desk, request, 404, "NotFound", f"there is nothing at {request.url.path}")

    app.root_path = _root(settings.serve_url)
    kept = KeptAnswers(app, desk.pool.published_ns)
    return Guard(kept, hosts_of(listens_on, settings.serve_url), settings.serve_token.get_secret_value())


def _status(error: NewsdeskError) -> int:
    if isinstance(error, NotFoundError):
        return 404
    return 400 if isinstance(error, UsageError) else 503


def _told(desk: ServedDesk, request: Request, status: int, kind: str, message: str) -> Response:
    """The error as JSON to programs, as a page to people."""
    is_for_people = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(ROOM)
    if is_for_people:
        return error_page(desk, request, status, message)
    return JSONResponse({"kind": kind, "message": message}, status)


def _root(public_url: str) -> str:
    """The path below which a reverse proxy shows the server, as /news; empty: none."""
    return (
        "/" + public_url.partition("://")[2].partition("/")[2].strip("/") if "/" in public_url[8:].strip("/") else ""
    )
