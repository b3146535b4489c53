"""Saved searches, searches.toml: their types, and what is wrong with a text of it, with line and nearest key."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, field_validator

from schemas.errors import SettingsError, UsageError, nearest
from schemas.history.search import SearchFilters
from tasks.pure.search.query import parse_query
from tasks.pure.text.toml_places import line_of, parse_toml


class SavedSearch(BaseModel):
    """A query with filters, under a name. `watch`: new hits of a run are an alert."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str
    sources: tuple[str, ...] = ()
    language: str | None = None
    section: str | None = None
    watch: bool = False

    @field_validator("query")
    @classmethod
    def _query_is_one(cls, text: str) -> str:
        try:
            parse_query(text)
        except UsageError as error:
            raise ValueError(str(error)) from error
        return text

    @property
    def filters(self) -> SearchFilters:
        """What hits must be besides."""
        return SearchFilters(sources=self.sources, language=self.language, section=self.section)


Searches = Mapping[str, SavedSearch]


def parse_searches(toml: str, where: str) -> Searches:
    """The searches that a text declares, by name. Raises `SettingsError`, one line for each fault, that names
    `where`, the line, and the nearest right key or what is wrong with the query and at which column."""
    table = parse_toml(toml, where)
    try:
        return TypeAdapter(dict[str, SavedSearch]).validate_python(table)
    except ValidationError as error:
        faults = [(tuple(map(str, one["loc"])), one["type"], one["msg"]) for one in error.errors()]
        lines = [f"{where}:{line_of(toml, path)}: {_told(path, kind, said)}" for path, kind, said in faults]
        raise SettingsError("\n".join(lines)) from error


def search_named(searches: Searches, name: str, where: str) -> SavedSearch:
    """The search of the name. Raises `UsageError` with the nearest right one."""
    if name not in searches:
        raise UsageError(f"no search {name!r} in {where!r}; {nearest(name, searches)}")
    return searches[name]


def _told(path: tuple[str, ...], kind: str, said: str) -> str:
    key = ".".join(part for part in path if not part.isdigit())
    if len(path) == 1:
        return f'{key!r} stands outside of a table: begin a search with a line [NAME], and below it query = "…"'
    if kind == "missing":
        return f"the key {key!r} is missing; add a line such as query = '\"heat wave\" OR storm*'"
    if kind == "extra_forbidden":
        return f"unknown key {key!r}; {nearest(path[1], SavedSearch.model_fields)}"
    return f"{key}: {said.removeprefix('Value error, ')}"
