"""The API, `/api/v1`: what the pages show, as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import AwareDatetime

from flows.serving.desk import ServedDesk
from schemas.history.search import SearchAnswer, SearchFilters
from schemas.history.story_answers import StoryLine, StoryTold
from schemas.served import (
    ArticlePage,
    AskedQuery,
    ServedError,
    ServedRows,
    ServedSource,
    ServedTable,
    ServedVersion,
)

ROOM = "/api/v1"
_SLUG = r"^[a-z0-9][a-z0-9-]{0,62}$"
_NUL_FREE = r"^[^\x00]*$"
Source = Annotated[str | None, Query(pattern=_SLUG, description="Slug of a source.")]
Language = Annotated[str | None, Query(pattern=r"^[a-z]{2,3}$", description="ISO 639 code, as en.")]
Section = Annotated[
    str | None, Query(max_length=200, pattern=_NUL_FREE, description="Section, as the publisher names it.")
]
Since = Annotated[AwareDatetime | None, Query(description="First instant of publication (else fetch), with a zone.")]
Until = Annotated[AwareDatetime | None, Query(description="The instant after the last.")]
Limit = Annotated[int, Query(ge=1, le=200, description="At most so many.")]
ErrorAnswers = {
    code: {"model": ServedError, "description": told}
    for code, told in (
        (400, "The request is wrong; the message says what."),
        (404, "There is none."),
        (422, "A parameter is wrong; the message says which."),
        (503, "Nothing was published yet, or it cannot be read now."),
    )
}


def filters_of(
    source: Source = None,
    language: Language = None,
    section: Section = None,
    since: Since = None,
    until: Until = None,
) -> SearchFilters:
    """The filters that the parameters of a URL say."""
    return SearchFilters(
        sources=(source,) if source else (), language=language, section=section, since=since, until=until
    )


def api_of(desk: ServedDesk) -> APIRouter:
    """The routes of the API."""
    routes = APIRouter(prefix=ROOM, responses=ErrorAnswers)  # type: ignore[arg-type]  # Its keys may be int.
    _articles(routes, desk)
    _search(routes, desk)
    _stories(routes, desk)
    _tables(routes, desk)
    return routes


def _articles(routes: APIRouter, desk: ServedDesk) -> None:
    @routes.get("/articles", tags=["articles"])
    def list_articles(
        source: Source = None,
        language: Language = None,
        section: Section = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 50,
        cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    ) -> ArticlePage:
        """Articles as their sites last said them, without texts, newest first."""
        return desk.articles(filters_of(source, language, section, since, until), limit, cursor)

    @routes.get("/articles/{article_id}", tags=["articles"])
    def get_article(article_id: UUID) -> ServedVersion:
        """The latest version of an article, with its text and where its bytes lie."""
        return desk.version(article_id)

    @routes.get("/articles/{article_id}/versions", tags=["articles"])
    def list_versions(article_id: UUID) -> tuple[ServedVersion, ...]:
        """Every version, in the order of the fetches."""
        return desk.versions(article_id)

    @routes.get("/articles/{article_id}/versions/{version}", tags=["articles"])
    def get_version(article_id: UUID, version: Annotated[int, Path(ge=1, le=1_000_000)]) -> ServedVersion:
        """One version."""
        return desk.version(article_id, version)


def _search(routes: APIRouter, desk: ServedDesk) -> None:
    @routes.get("/search", tags=["articles"])
    def search_articles(
        q: Annotated[
            str,
            Query(
                min_length=1,
                max_length=500,
                pattern=_NUL_FREE,
                description='Words; "a phrase", beginning*, AND, OR, NOT, ( ).',
            ),
        ],
        source: Source = None,
        language: Language = None,
        section: Section = None,
        since: Since = None,
        until: Until = None,
        limit: Limit = 20,
    ) -> SearchAnswer:
        """The best hits of a query over titles and texts of the newest versions (BM25)."""
        return desk.search(q, filters_of(source, language, section, since, until), limit)


def _stories(routes: APIRouter, desk: ServedDesk) -> None:
    @routes.get("/stories", tags=["stories"])
    def list_stories(
        since: Since = None, language: Language = None, source: Source = None, limit: Limit = 20
    ) -> tuple[StoryLine, ...]:
        """Stories, those of most outlets first; every 12 hours since its last article halve a story's weight."""
        return desk.stories(since, language, source, limit)

    @routes.get("/stories/{story_id}", tags=["stories"])
    def get_story(story_id: UUID) -> StoryTold:
        """One story with its articles."""
        return desk.story(str(story_id))

    @routes.get("/sources", tags=["sources"])
    def list_sources() -> tuple[ServedSource, ...]:
        """Every source."""
        return desk.sources()


def _tables(routes: APIRouter, desk: ServedDesk) -> None:
    @routes.get("/tables", tags=["tables"])
    def list_tables() -> tuple[ServedTable, ...]:
        """Every table, view and report."""
        return desk.tables()

    @routes.get("/tables/{name}", tags=["tables"])
    def get_rows(
        name: Annotated[str, Path(pattern=r"^(main|ops|reports)\.[a-z_]{1,60}$", description="As main.articles.")],
        limit: Annotated[int, Query(ge=1, le=5_000)] = 200,
        offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    ) -> ServedRows:
        """Rows of a table, in its own order."""
        return desk.table(name, limit, offset)

    @routes.post("/sql", tags=["tables"])
    def answer_query(asked: AskedQuery) -> ServedRows:
        """The first rows of one SELECT; it is stopped after ten seconds."""
        return desk.ask(asked.query, asked.limit)
