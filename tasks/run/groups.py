"""Groups of sources: the sources that go through the steps together, as one batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.sources.source import Expect, Source


@dataclass(frozen=True)
class Group:
    """Sources that go through the stages together, under one batch id."""

    batch_id: UUID
    sources: tuple[Source, ...]

    @property
    def label(self) -> str:
        """Names the group for people."""
        first = self.sources[0].slug
        return first if len(self.sources) == 1 else f"{first} and {len(self.sources) - 1} more"

    def source(self, slug: str) -> Source:
        """The source of that slug; `StopIteration` where the group has none."""
        return next(source for source in self.sources if source.slug == slug)

    @property
    def languages(self) -> dict[str, str]:
        """The language (BCP 47) of each source, by slug."""
        return {source.slug: source.language for source in self.sources}

    @property
    def muted(self) -> frozenset[str]:
        """Slugs of the sources whose findings nobody wants."""
        return frozenset(source.slug for source in self.sources if source.muted)

    @property
    def bands(self) -> dict[str, Expect]:
        """The values expected of each source, by slug."""
        return {source.slug: source.expect for source in self.sources}


def group_sources(run_id: str, sources: Sequence[Source], groups_at_most: int) -> list[Group]:
    """Divide the sources into at most `groups_at_most` groups, in their order: each group costs look-ups, a check
    and a commit. A group's batch id depends on the run and the group's place only, so a retried step writes the
    same batch."""
    size = max(1, -(-len(sources) // groups_at_most))
    parts = [tuple(sources[start : start + size]) for start in range(0, len(sources), size)]
    return [Group(uuid5(NAMESPACE_URL, f"newsdesk:{run_id}:{place}"), part) for place, part in enumerate(parts)]


def at_backfill_pace(source: Source, pace_s: float) -> Source:
    """The source with at least `pace_s` seconds between two requests."""
    return source.model_copy(update={"pace_s": max(source.pace_s, pace_s)})
