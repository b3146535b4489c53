"""Ingest: finds new articles in the feeds and sitemaps of the sources, fetches, extracts, checks and loads them."""

from collections.abc import Callable, Sequence

from flows.running.choose import flow
from flows.running.protocol import Promise, Runner
from flows.running.run import run_flow
from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import Link
from schemas.runs.batch import Batch, Loaded
from schemas.runs.report import RunReport
from tasks.ingest.discover import discover
from tasks.ingest.extract import extract
from tasks.ingest.fetch import fetch
from tasks.ingest.load import load_found
from tasks.ingest.validate import validate as check_batch
from tasks.run.groups import Group
from tasks.run.kit import Kit


@flow
def ingest(sources: list[str] | None = None, now: bool = False, revisits: bool = True) -> RunReport:
    """Ingest from all sources that are due, or from the named ones at once. Settings come from `NEWSDESK_*`.

    Raises `RefusedError` if another ingest runs in the same home, or if the disk is full.

    Args:
        sources: Slugs of sources, polled at once; none: all that are due.
        now: Poll every feed, due or not.
        revisits: Fetch articles again that are due for it, too; false if the deployment `revisit` does it.
    """
    return run_flow("ingest", stages, sources or [], poll_all=now, revisits=revisits)


def stages(runner: Runner, kit: Kit, groups: Sequence[Group]) -> list[Promise[Loaded]]:
    """From what the feeds and sitemaps of the sources list, and the articles that are due for a revisit, to rows."""
    return from_links(discover, runner, kit, groups)


def from_links(
    find: Callable[[Kit, Group], Batch[Link]],
    runner: Runner,
    kit: Kit,
    groups: Sequence[Group],
    get: Callable[[Kit, Group, Batch[Link]], Batch[Capture]] = fetch,
) -> list[Promise[Loaded]]:
    """Five steps for each group, of which `find` and `get` are the first: links, pages, articles, checked articles,
    rows. No group waits for another."""
    after = runner.submit_after
    links = [runner.submit(find, kit, group, label=group.label) for group in groups]
    pages = [after(found, get, kit, group, label=group.label) for group, found in zip(groups, links, strict=True)]
    articles = [
        after(page, extract, kit, group, label=group.label) for group, page in zip(groups, pages, strict=True)
    ]
    checked = [
        after(read, validate, kit, group, label=group.label) for group, read in zip(groups, articles, strict=True)
    ]
    return [after(good, load_found, kit, label=group.label) for group, good in zip(groups, checked, strict=True)]


def validate(kit: Kit, group: Group, articles: Batch[Article]) -> Batch[Article]:
    """The articles that keep every rule, as of the run's instant; the others are quarantined. Findings of muted
    sources end here."""
    return check_batch(articles, group.bands, kit.now, group.languages).without_findings_of(group.muted)
