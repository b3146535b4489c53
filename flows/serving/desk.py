"""What a server needs to answer: the settings, the sessions on the reader file, the clock."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from schemas.errors import UsageError
from schemas.history.search import SearchAnswer, SearchFilters
from schemas.history.story_answers import StoryLine, StoryTold
from schemas.items.capture import WarcPointer
from schemas.served import ArticlePage, ServedRows, ServedSource, ServedTable, ServedVersion
from schemas.settings import Settings
from tasks.archive.store import Archive
from tasks.pure.search.saved import SavedSearch
from tasks.search.ask import search
from tasks.search.searches_file import read_searches
from warehouse.reader import answers
from warehouse.reader.answers import ServedPlace
from warehouse.reader.pool import ReaderPool
from warehouse.reader.stories import stories_in, story_in


class NotFoundError(UsageError):
    """What was asked for is not there."""


def place_of(versions: Sequence[ServedVersion], number: int) -> int:
    """Where the version of that number stands among them. Raises `NotFoundError`."""
    numbers = [each.version for each in versions]
    if number not in numbers:
        raise NotFoundError(f"no version {number}: the article has {', '.join(map(str, numbers))}")
    return numbers.index(number)


class ServedDesk:
    """Answers from one home. Every method raises `NewsdeskError` where no reader file was published yet."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = ReaderPool(settings.reader_path)
        self._archive = Archive.of(settings)

    def articles(self, filters: SearchFilters, limit: int, cursor: str | None = None) -> ArticlePage:
        """Articles that fit, newest first."""
        with self.pool.session() as session:
            return answers.article_page(session, filters, limit, cursor)

    def versions(self, article_id: UUID) -> tuple[ServedVersion, ...]:
        """The versions of the article in the order of their fetches. Raises `NotFoundError`."""
        with self.pool.session() as session:
            found = answers.versions(session, article_id)
        if not found:
            raise NotFoundError(f"no article has the id {article_id}")
        return found

    def version(self, article_id: UUID, number: int | None = None) -> ServedVersion:
        """One version, the one of the latest fetch where no number is given. Raises `NotFoundError`."""
        found = self.versions(article_id)
        return found[-1] if number is None else found[place_of(found, number)]

    def capture(self, capture_id: UUID) -> tuple[ServedPlace, bytes]:
        """The bytes of a page as they were answered, decoded. Raises `NotFoundError` where there is no such capture,
        `BadRecordError` where its record is gone."""
        with self.pool.session() as session:
            places = answers.captures(session, [capture_id])
        if not places:
            raise NotFoundError(f"no capture has the id {capture_id}")
        place = places[0]
        pointer = WarcPointer(
            file=place.warc_file, offset=place.warc_offset, length=place.warc_length, digest=place.warc_digest
        )
        return place, self._archive.read(pointer)

    def stories(
        self, since: datetime | None, language: str | None, source: str | None, limit: int
    ) -> tuple[StoryLine, ...]:
        """Stories, those of most outlets first, halved for every 12 hours since their last article."""
        with self.pool.session() as session:
            return stories_in(session, datetime.now(UTC), since, language, source, limit)

    def story(self, story_id: str) -> StoryTold:
        """One story with its articles. Raises `NotFoundError`."""
        try:
            with self.pool.session() as session:
                return story_in(session, story_id, datetime.now(UTC))
        except UsageError as error:
            raise NotFoundError(str(error)) from error

    def search(self, text: str, filters: SearchFilters, limit: int) -> SearchAnswer:
        """The best hits of a query."""
        return search(self.settings, text, filters, limit)

    def saved_searches(self) -> dict[str, SavedSearch]:
        """The searches of searches.toml by name; none where there is no such file."""
        found = read_searches(self.settings, os.environ)
        return dict(found.searches) if found else {}

    def sources(self) -> tuple[ServedSource, ...]:
        """Every source."""
        with self.pool.session() as session:
            return answers.sources(session)

    def tables(self) -> tuple[ServedTable, ...]:
        """Every table, view and report."""
        with self.pool.session() as session:
            return answers.tables(session)

    def table(self, name: str, limit: int, offset: int = 0) -> ServedRows:
        """Rows of a table, view or report. Raises `NotFoundError`."""
        try:
            with self.pool.session() as session:
                return answers.table_rows(session, name, limit, offset)
        except UsageError as error:
            raise NotFoundError(str(error)) from error

    def ask(self, query: str, limit: int) -> ServedRows:
        """The first rows of one SELECT. Raises `UsageError`."""
        with self.pool.session() as session:
            return answers.answer(session, query, limit)
