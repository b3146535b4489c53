"""Recheck: fetches one known page again, by the steps of ingest."""

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
from tasks.ingest.fetch import fetch_whole
from tasks.pure.sources.placeholder_source import stand_in
from tasks.run.groups import Group
from tasks.run.kit import Kit
from tasks.run.progress import Progress
from tasks.web.contact import need_contact


def recheck(link: Link, settings: Settings, progress: Progress, stop: threading.Event) -> RunReport:
    """Fetch the page of the link, archive it, and load what it says, whether or not a look is due, and
    whole: without the validators of its last answer. No feed is polled.

    Raises `SettingsError` where no contact is set and the URL may be a publisher's.
    """
    need_contact(settings, [link.url])
    return run_flow("recheck", partial(stages, link), [], settings, progress, stop)


def stages(link: Link, runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """The steps of ingest for this link alone, with the settings of its source, or of a placeholder where the source
    has no file."""
    configured = [source for group in groups for source in group.sources if source.slug == link.source]
    own = configured[0] if configured else stand_in(link.source, link.url)
    group = Group(uuid5(NAMESPACE_URL, f"newsdesk:{kit.run_id}:recheck"), (own,))

    def take_up(kit: Kit, group: Group) -> Batch[Link]:
        return Batch(batch_id=group.batch_id, run_id=kit.run_id, kept=(link,))

    return from_links(take_up, runner, kit, [group], fetch_whole)
