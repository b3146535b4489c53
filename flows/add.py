"""Add: fetches one article that a person names, by the steps of ingest."""

import threading
from collections.abc import Sequence
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from flows.ingest import from_links
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.items.link import Link
from schemas.runs.batch import Batch, Loaded
from schemas.runs.report import RunReport
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.pure.backfill.chunks import Owners
from tasks.pure.sources.placeholder_source import stand_in
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.run.progress import Progress
from tasks.web.contact import need_contact

FOUND_IN = "command:add"
"""`found_in` of a URL that a person gave."""


def add(url: str, settings: Settings, progress: Progress, stop: threading.Event) -> RunReport:
    """Fetch the page of the URL, archive it, and load its article. No feed is polled.

    Its source is the one that has its domain; without one, a placeholder named after the domain. Raises
    `SettingsError` where no contact is set and the URL may be a publisher's.
    """
    need_contact(settings, [url])
    return run_flow("add", partial(stages, url), [], settings, progress, stop)


def stages(url: str, runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """The steps of ingest for this URL alone."""
    own = owner(url, [source for group in groups for source in group.sources])
    group = Group(uuid5(NAMESPACE_URL, f"newsdesk:{kit.run_id}:add"), (own,))

    def take_up(kit: Kit, group: Group) -> Batch[Link]:
        return _link_of(url, kit, group)  # A function of its own: runners name steps by it.

    return from_links(take_up, runner, kit, [group])


def owner(url: str, sources: Sequence[Source]) -> Source:
    """The source of the URL, or a placeholder."""
    slug = Owners(sources, takes_strangers=True).slug(url)
    assert slug is not None  # Strangers are taken.
    return next((source for source in sources if source.slug == slug), None) or stand_in(slug, url)


def _link_of(url: str, kit: Kit, group: Group) -> Batch[Link]:
    link = Link(url=url, source=group.sources[0].slug, found_in=FOUND_IN, found_at=kit.at())
    return Batch(batch_id=group.batch_id, run_id=kit.run_id, kept=(link,))
