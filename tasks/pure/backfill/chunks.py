"""Cuts links and files into the chunks of a backfill."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from itertools import count, groupby
from uuid import UUID, uuid5

from schemas.items.article import Article
from schemas.items.link import Link
from schemas.items.outcome import Outcome, Reason
from schemas.runs.backfill_plan import LINKS, Chunk, batch_id
from schemas.runs.batch import Batch
from schemas.sources.source import Source
from tasks.pure.sources.placeholder_source import slug_of
from tasks.pure.urls.domains import host_of, registrable_domain

NOT_ENDS = frozenset({Reason.INTERRUPTED, Reason.DISK_FULL})
"""Reasons after which the URL is fetched again: its chunk stays open."""
FAULTS = frozenset({Reason.BAD_RECORD, Reason.BAD_LINK, Reason.WRONG_TYPE, Reason.PARSE_ERROR})
"""Reasons that change the exit code: part of the input cannot be read."""
LINKS_A_CHUNK = 50
"""About four minutes at five seconds a request: a crash loses at most one chunk's work."""
UNDATED = "undated"


class Owners:
    """Finds the source of a page: the source with a home page above it, else with the same host, else with the same
    domain. `takes_strangers`: a page of no source gets a placeholder source."""

    def __init__(self, sources: Sequence[Source], takes_strangers: bool) -> None:
        self._by_domain: dict[str, list[Source]] = defaultdict(list)
        self._takes_strangers = takes_strangers
        for source in sources:
            for domain in {registrable_domain(url) for url in (source.homepage, *source.feeds, *source.sitemaps)}:
                self._by_domain[domain].append(source)

    def slug(self, url: str) -> str | None:
        """The slug of the source; None: the page is not wanted."""
        rivals = self._by_domain.get(registrable_domain(url))
        if not rivals:
            return slug_of(url) if self._takes_strangers else None
        host = host_of(url)
        return max(rivals, key=lambda each: (_below(url, each.homepage), host == host_of(each.homepage))).slug


def link_chunks(plan: UUID, links: Iterable[Link]) -> Iterator[Chunk]:
    """The links by source and day, newest day first and undated last, at most fifty in a chunk, and no URL twice
    (old captures of a page are several)."""
    numbers = count(1)
    for source, its in groupby(sorted(links, key=_place), key=lambda link: link.source):
        for part in _parts(its):
            number = next(numbers)
            yield Chunk(
                plan_id=plan,
                number=number,
                batch_id=batch_id(plan, number),
                source=source,
                label=_days(part),
                links=LINKS.dump_json(tuple(part), exclude_defaults=True).decode(),
                count=len(part),
            )


def _parts(links: Iterable[Link]) -> Iterator[list[Link]]:
    part: dict[str, Link] = {}
    for link in links:
        if len(part) == LINKS_A_CHUNK or link.url in part:
            yield list(part.values())
            part = {}
        part[link.url] = link
    if part:
        yield list(part.values())


def month_of(link: Link) -> str | None:
    """The month of its newest date (UTC), `2026-11`; None: it has none."""
    at = link.newest_date()
    return f"{at.astimezone(UTC):%Y-%m}" if at else None


def file_chunks(plan: UUID, files: Iterable[tuple[str, int]], size: int) -> Iterator[Chunk]:
    """Ranges of the files (URL and bytes), each of `size` bytes but the last of a file."""
    numbers = count(1)
    for file, length in files:
        for start in range(0, length, size):
            number, end = next(numbers), min(start + size, length)
            yield Chunk(
                plan_id=plan,
                number=number,
                batch_id=batch_id(plan, number),
                label=f"{file.rpartition('/')[2]}@{start}",
                file=file,
                first_byte=start,
                end_byte=end,
                count=end - start,
            )


def is_whole(batch: Batch[Article]) -> bool:
    """Whether no URL of a chunk must be fetched again."""
    return not any(outcome.reason in NOT_ENDS for outcome in batch.dropped)


def as_ended(batch: Batch[Article]) -> Batch[Article]:
    """The batch of a chunk as it is loaded. An interrupted chunk is loaded in part, under another batch id: the
    chunk stays open."""
    if is_whole(batch):
        return batch
    ends = tuple(outcome for outcome in batch.dropped if outcome.reason not in NOT_ENDS)
    return batch.model_copy(update={"batch_id": uuid5(batch.batch_id, batch.run_id), "dropped": ends})


def faults(outcomes: Iterable[Outcome]) -> int:
    """How many URLs and records of the input cannot be read."""
    return sum(outcome.reason in FAULTS for outcome in outcomes)


def damaged(outcomes: Iterable[Outcome]) -> int:
    """How many records of the files are damaged."""
    return sum(outcome.reason is Reason.BAD_RECORD for outcome in outcomes)


def hours_of(links: Iterable[Link], pace_s: float) -> float:
    """Hours that the requests take: domains in parallel, each at `pace_s` seconds a request."""
    domains: dict[str, int] = defaultdict(int)
    for link in links:
        domains[registrable_domain(link.url)] += 1
    return max(domains.values(), default=0) * pace_s / 3600


def _place(link: Link) -> tuple[str, float]:
    at = link.newest_date()
    return link.source, -at.timestamp() if at else float("inf")


def _days(links: Sequence[Link]) -> str:
    days = [f"{at:%Y-%m-%d}" if (at := link.newest_date()) else UNDATED for link in (links[-1], links[0])]
    return days[0] if days[0] == days[1] else " to ".join(days)


def _below(url: str, homepage: str) -> int:
    """Length of the home page's URL where the page lies below it, else 0."""
    start = homepage.partition("://")[2]
    return len(start) if url.partition("://")[2].startswith(start) else 0
