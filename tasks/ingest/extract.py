"""Reads every capture of a batch from the archive and extracts an article from it, in the cage."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from schemas.errors import BadRecordError, NewsdeskError
from schemas.items.article import Article
from schemas.items.capture import Capture, end_of_capture
from schemas.items.extraction import Extraction
from schemas.items.finding import Finding
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal, Stage
from schemas.items.site_page import PageSight, SiteHistory, SiteMemory
from schemas.runs.batch import Batch, BatchLedger, pass_on
from schemas.sources.source import Source
from tasks.ingest.learned_sites import Learned
from tasks.pure.article import soft_404s
from tasks.pure.article.shared_canonicals import claimed_elsewhere, uncollapsed
from tasks.pure.http import challenge_pages
from tasks.pure.site.learning_rounds import Found, Pages, Round, Sites, parted
from tasks.pure.site.memory import PAGES_READ, layout_finding
from tasks.pure.site.wrappers import joined, known_site, known_site_after
from tasks.pure.urls.domains import host_of
from tasks.run.groups import Group
from tasks.run.kit_parts import (
    ArchiveKit,
    ForeignKit,
    HotKit,
    ParsersKit,
    ProgressKit,
    RunKit,
    SettingsKit,
    WarehouseKit,
)
from tasks.run.obey_tombstones import obey_captures
from warehouse.load.rereadings import to_read_again
from warehouse.lookups.known_urls import canonical_claims, look_alikes
from warehouse.lookups.sites import site_histories

EXTRACTOR = "tasks.pure.article.build:extract_article"

Answers = list[tuple[Capture, Article | Refusal]]
Seen = list[tuple[str, str, Refusal | None]]
"""Source, URL, and what the page was refused for."""
OLD = timedelta(hours=1)
"""Pages that were fetched so long ago say nothing of what the host answers now."""


class ExtractKit(
    ArchiveKit, ForeignKit, HotKit, ProgressKit, ParsersKit, RunKit, SettingsKit, WarehouseKit, Protocol
):
    """The equipment that a step of this file uses."""


def extract(kit: ExtractKit, group: Group, batch: Batch[Capture]) -> Batch[Article]:
    """The articles, not yet validated; a page without an article becomes an outcome with the reason. A host that
    answers several times in a row with challenge pages is asked for no article for a while."""
    batch = obey_captures(kit, batch)
    return settle(kit, group, batch, read(kit, group, batch, {}, Learned()))


def read(kit: ExtractKit, group: Group, batch: Batch[Capture], bodies: dict[UUID, bytes], learned: Learned) -> Pages:
    """Extract each page of the batch on its own. `bodies`: pages in memory by capture id, each removed as it is read;
    the other pages are read from the archive. `learned`: what earlier chunks of the backfill learned. The result
    depends on the batch and the chunks before it, never on thread timing."""
    started = time.monotonic()
    kit.progress.expect(Stage.EXTRACT, len(batch.kept))
    sites = _sites(kit, {capture.link.source for capture in batch.kept}, learned)
    rounds = [Round((), sites)]
    found: Found = {}
    parts = parted(batch.kept, sites)
    for number, captures in enumerate(parts, 1):
        sites = sites | _learned(kit, rounds[-1], found, {capture.link.source for capture in captures})
        if number == len(parts):
            learned.teach(sites)
        found |= _read(kit, group, captures, bodies, sites)
        rounds.append(Round(captures, sites))
    return Pages(found, tuple(rounds), time.monotonic() - started)


def settle(kit: ExtractKit, group: Group, batch: Batch[Capture], pages: Pages) -> Batch[Article]:
    """Apply the rules that compare pages with each other and with stored ones (soft 404s, shared canonical URLs,
    challenge pages). In a backfill all earlier chunks must be loaded."""
    started = time.monotonic()
    extractions = [pages.found[capture.capture_id] for capture in batch.kept]
    answers = [
        (c, e.answer if isinstance(e, Extraction) else e) for c, e in zip(batch.kept, extractions, strict=True)
    ]
    answers = _without_soft_404s(kit, answers)
    kept = _uncollapsed(kit, batch, [answer for _, answer in answers if isinstance(answer, Article)])
    dropped = tuple(
        end_of_capture(capture, kit.run_id, Stage.EXTRACT, answer, kit.at())
        for capture, answer in answers
        if isinstance(answer, Refusal)
    )
    read_well = {capture.capture_id for capture, answer in answers if isinstance(answer, Article)}
    sights = [e.sight for e in extractions if isinstance(e, Extraction) and e.sight]
    ledger = _ledger(kit, batch, pages.rounds, [sight for sight in sights if sight.capture_id in read_well])
    readings = tuple(one for part in pages.rounds for one in _readings(kit, group, batch, kept, part))
    ledger += BatchLedger(
        findings=_walls(kit, batch, answers), readings=readings, requests=kit.foreign_client.requests()
    )
    seconds = pages.seconds + time.monotonic() - started
    return pass_on(batch, kept, dropped, ledger, Stage.EXTRACT, seconds)


def _sites(kit: ExtractKit, slugs: set[str], learned: Learned) -> Sites:
    """The site memory of these sources as the batch begins: stored pages, and what the chunk before learned."""
    taught = learned.from_before()
    stored = site_histories(kit.warehouse, slugs, kit.at(), PAGES_READ, learned.behind)
    histories = {slug: joined(stored.get(slug, SiteHistory()), taught.get(slug)) for slug in slugs}
    return {slug: known_site(slug, history, kit.run_id, kit.at()) for slug, history in histories.items()}


def _learned(kit: ExtractKit, last: Round, found: Found, sources: set[str]) -> Sites:
    """The site memories for the next round that the pages of the last round change."""
    answers = (found[capture.capture_id] for capture in last.captures if capture.link.source in sources)
    sights = [one.sight for one in answers if isinstance(one, Extraction) and one.sight]
    return {
        slug: known_site_after(
            last.sites[slug], [sight for sight in sights if sight.source == slug], kit.run_id, kit.at()
        )
        for slug in {sight.source for sight in sights}
    }


def _read(
    kit: ExtractKit, group: Group, captures: Sequence[Capture], bodies: dict[UUID, bytes], sites: Sites
) -> Found:
    bad: Found = {}
    pages = _pages(kit, group, captures, bodies, sites, bad)
    read = iter([_told(kit, each) for each in kit.parsers.map(EXTRACTOR, pages)])
    return {capture.capture_id: bad.get(capture.capture_id) or next(read) for capture in captures}


def _pages(
    kit: ExtractKit, group: Group, captures: Sequence[Capture], bodies: dict[UUID, bytes], sites: Sites, bad: Found
) -> Iterator[tuple[bytes, Capture, Source, SiteMemory]]:
    """The arguments of the extractor for each capture, made one at a time; damaged records go into `bad` instead."""
    sources = {source.slug: source for source in group.sources}
    places: Counter[str] = Counter()
    for capture in captures:
        try:
            page = bodies.pop(capture.capture_id, None)
            page = kit.archive.read(capture.warc) if page is None else page
        except BadRecordError as error:
            bad[capture.capture_id] = Refusal(reason=Reason.BAD_RECORD, detail=str(error))
            kit.progress.advance(Stage.EXTRACT)
            continue
        slug = capture.link.source
        yield page, capture, sources[slug], sites[slug].memory_of(places[slug])
        places[slug] += 1


def _told(kit: ExtractKit, answer: Extraction | Refusal) -> Extraction | Refusal:
    kit.progress.advance(Stage.EXTRACT)
    found = answer.answer if isinstance(answer, Extraction) else answer
    reserved = sorted(set(kit.settings.honour_policies) & set(getattr(found, "policies", ())))
    return Refusal(reason=Reason.POLICY_DENIED, detail=", ".join(reserved)) if reserved else answer


def _readings(
    kit: ExtractKit, group: Group, batch: Batch[Capture], kept: Sequence[Article], part: Round
) -> list[Article]:
    """Stored versions that the round's articles may replace, extracted again with the same site memory, so that a
    change of rules does not look like a change of text. A version whose capture is unreadable is compared as
    stored."""
    of_part = {capture.capture_id for capture in part.captures}
    its = tuple(article for article in kept if article.capture_id in of_part)
    found = Batch[Article](batch_id=batch.batch_id, run_id=batch.run_id, kept=its, ledger=batch.ledger)
    from tasks.pure.history import rules

    past = to_read_again(kit.warehouse, found, rules, kit.at())
    answers = kit.parsers.map(EXTRACTOR, _past_pages(kit, group, past, part.sites))
    return [one.answer for one in answers if isinstance(one, Extraction) and isinstance(one.answer, Article)]


def _past_pages(
    kit: ExtractKit, group: Group, past: Sequence[Capture], sites: Sites
) -> Iterator[tuple[bytes, Capture, Source, SiteMemory]]:
    for capture in past:
        with suppress(NewsdeskError):  # Damaged, moved away, or in a foreign archive that does not answer.
            page = kit.archive.read(capture.warc)
            yield page, capture, group.source(capture.link.source), sites[capture.link.source].memory


def _ledger(kit: ExtractKit, batch: Batch[Capture], rounds: Sequence[Round], sights: list[PageSight]) -> BatchLedger:
    """The site memory to store, and findings about changed layouts."""
    late, before = {capture.capture_id for capture in rounds[-1].captures}, rounds[0].sites
    fresh = {source: [sight for sight in sights if sight.source == source] for source in before}
    changes = (
        layout_finding(source, kit.run_id, kit.at(), site.sights, fresh[source]) for source, site in before.items()
    )
    advances = [site.advance for part in rounds for site in part.sites.values() if site.advance]
    return BatchLedger(
        sights=tuple(
            sight.model_copy(update={"late_in": batch.batch_id}) if sight.capture_id in late else sight
            for sight in sights
        ),
        wrappers=tuple({(one.source, one.version, one.state): one for one in advances}.values()),
        findings=tuple(change for change in changes if change),
    )


def _without_soft_404s(kit: ExtractKit, answers: Answers) -> Answers:
    """The answers; articles whose short text stands under many URLs, now or in stored pages, become soft 404s."""
    entry_titles = {capture.capture_id: capture.link.entry.title for capture, _ in answers}
    found = soft_404s.suspects([answer for _, answer in answers if isinstance(answer, Article)], entry_titles)
    past = look_alikes(kit.warehouse, {(one.source, one.title) for one in found}, soft_404s.WORDS_AT_MOST)
    by_source = _by_source(found).items()
    gone = {capture_id for source, its in by_source for capture_id in soft_404s.same_everywhere(its, past[source])}
    refusal = Refusal(reason=Reason.SOFT_404, detail="the same short text under at least three URLs of the host")
    return [(capture, refusal if capture.capture_id in gone else answer) for capture, answer in answers]


def _walls(kit: ExtractKit, batch: Batch[Capture], answers: Answers) -> tuple[Finding, ...]:
    """Report the hosts that answered with challenge pages, and ask for no article of those that did so several times
    in a row. Old pages from an archive shut out nothing."""
    pages = [
        (capture.link.source, capture.final_url, answer if isinstance(answer, Refusal) else None)
        for capture, answer in answers
    ]
    pages += [
        (one.source, one.url, Refusal(reason=one.reason))
        for one in batch.dropped
        if one.reason is Reason.CHALLENGE_PAGE and one.attempts
    ]
    found = challenge_pages.found_walls(pages)
    read_at = max((capture.fetched_at for capture in batch.kept), default=kit.at())
    now = kit.at()
    if now - read_at > OLD:
        return tuple(challenge_pages.finding(wall, None, kit.run_id, now) for wall in found)
    until = _counted_challenges(kit, pages, answers)
    return tuple(challenge_pages.finding(wall, until.get(wall.host), kit.run_id, now) for wall in found)


def _counted_challenges(kit: ExtractKit, pages: Seen, answers: Answers) -> dict[str, float]:
    """Count the challenge pages of each host, in the order of their fetch; an article ends a row. Those that their
    status or headers gave away were counted as they were fetched. Returns the end of each pause (epoch seconds)."""
    kind, until = challenge_pages.kind_of(UrlKind.ARTICLE), {}
    for capture, answer in sorted(answers, key=lambda each: each[0].fetched_at):
        host = host_of(capture.final_url)
        if isinstance(answer, Refusal) and answer.reason is Reason.CHALLENGE_PAGE:
            kit.hot.count_challenge(host, kind, capture.fetched_at.timestamp(), challenge_pages.pause_s)
        elif isinstance(answer, Article):
            kit.hot.forget_challenges(host, kind)
    for host in {host_of(url) for _, url, refusal in pages if refusal}:
        seen = kit.hot.challenged(host, kind)
        if seen and seen.until > kit.at().timestamp():
            until[host] = seen.until
    return until


def _uncollapsed(kit: ExtractKit, batch: Batch[Capture], articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles; a canonical URL that many different texts of the source claim is removed."""
    final_urls = {capture.capture_id: capture.final_url for capture in batch.kept}
    groups = {
        source: (its, [final_urls[article.capture_id] for article in its])
        for source, its in _by_source(articles).items()
    }
    claimed = {(source, url) for source, (its, urls) in groups.items() for url in claimed_elsewhere(its, urls)}
    past = canonical_claims(kit.warehouse, claimed)
    return tuple(
        article for source, (its, urls) in groups.items() for article in uncollapsed(its, urls, past[source])
    )


def _by_source(articles: Sequence[Article]) -> dict[str, list[Article]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        groups[article.source].append(article)
    return groups
