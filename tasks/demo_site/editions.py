"""The articles of all outlets at a given opening of the demo site, and their dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.demo_site.outlets import Outlet
from tasks.demo_site.stories import DemoStory, Place, read_stories


@dataclass(frozen=True)
class Edition:
    """One edition. `opened_at` is aware UTC, of whole seconds; all dates are offsets from it, so that
    two editions of one opening agree on everything but what the second one changed."""

    opened_at: datetime
    number: int = 1

    def stories(self, outlet: Outlet) -> tuple[DemoStory, ...]:
        """All that the outlet has printed so far, newest first, undated last."""
        printed = [story for story in read_stories(outlet.slug) if story.since_edition <= self.number]
        return tuple(sorted(printed, key=self._age_s))

    def listed(self, outlet: Outlet, place: Place) -> tuple[DemoStory, ...]:
        """The stories of one of the outlet's feeds, newest first, undated last."""
        return tuple(story for story in self.stories(outlet) if place in story.listed_in)

    def published_at(self, story: DemoStory) -> datetime | None:
        """First publication, UTC; None: the outlet does not say."""
        if story.minutes_after is not None:
            return self.opened_at + timedelta(minutes=story.minutes_after)
        return self._before(story.hours_before)

    def modified_at(self, story: DemoStory) -> datetime | None:
        """The last change of the text, UTC, as the page says it; None: unchanged since publication."""
        if self.is_corrected(story):
            return self.entry_modified_at(story)
        return self._before(story.modified_hours_before)

    def entry_modified_at(self, story: DemoStory) -> datetime | None:
        """The last change as feeds say it: an entry can be bumped though the page stays as it was."""
        if self.number > 1 and story.bumped_min is not None:
            return self.opened_at + timedelta(minutes=story.bumped_min)
        return self._before(story.modified_hours_before)

    def is_corrected(self, story: DemoStory) -> bool:
        """Whether this edition prints the story's correction."""
        return self.number > 1 and story.correction is not None

    def newest_at(self, stories: tuple[DemoStory, ...]) -> datetime:
        """The newest date that feeds give for any of `stories`, UTC."""
        dates = [date for story in stories for date in (self.published_at(story), self.entry_modified_at(story))]
        return max(date for date in dates if date)

    def _before(self, hours: float | None) -> datetime | None:
        return None if hours is None else self.opened_at - timedelta(minutes=round(hours * 60))

    def _age_s(self, story: DemoStory) -> float:
        published = self.published_at(story)
        return (self.opened_at - published).total_seconds() if published else float("inf")


def local_date(at: datetime, outlet: Outlet) -> str:
    """`at` in the outlet's zone and language, as its pages print it."""
    there = at.astimezone(outlet.zone)
    month = outlet.months[there.month - 1]
    return outlet.date_form.format(day=there.day, month=month, year=there.year, clock=f"{there:%H:%M}")
