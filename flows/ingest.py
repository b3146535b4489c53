"""Ingest: what is new at the sources, from their feeds to rows that reports read."""

from collections.abc import Callable, Sequence

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.items.link import Link
from schemas.runs.batch import Batch, Loaded
from schemas.runs.report import RunReport
from tasks.ingest.discover import discover
from tasks.ingest.extract import extract
from tasks.ingest.fetch import fetch
from tasks.ingest.load import load
from tasks.ingest.validate import validate
from tasks.run.groups import Group
from tasks.run.kit import Kit


@flow
def ingest(sources: list[str] | None = None, poll_all: bool = False, revisits: bool = True) -> RunReport:
    """Ingest what is due at all sources, or all that the named sources list. Settings come from `NEWSDESK_*`.

    Raises `RefusedError` where another ingest runs in the same home or the disk is full.

    Args:
        sources: Slugs of sources, asked at once; none: all that are due.
        poll_all: Ask every feed, due or not.
        revisits: Look again at articles that are due for it, too; not where the deployment `revisit` does.
    """
    return run_flow("ingest", stages, sources or [], poll_all=poll_all, revisits=revisits)


def stages(runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """What the places of the sources list, and the articles to look at again."""
    return from_links(discover, runner, kit, groups)


def from_links(
    find: Callable[[Kit, Group], Batch[Link]], runner: Runner, kit: Kit, groups: Sequence[Group]
) -> list[Promise[Loaded]]:
    """Every group goes its own way through the five stages, of which `find` is the first; none waits for another."""
    links = [runner.submit(find, kit, group, label=group.label) for group in groups]
    pages = [runner.submit(fetch, kit, g, found, label=g.label) for g, found in zip(groups, links, strict=True)]
    articles = [runner.submit(extract, kit, g, page, label=g.label) for g, page in zip(groups, pages, strict=True)]
    checked = [
        runner.submit(validate, article, g.bands, kit.now, g.languages, label=g.label)
        for g, article in zip(groups, articles, strict=True)
    ]
    return [runner.submit(load, kit, good, label=g.label) for g, good in zip(groups, checked, strict=True)]
