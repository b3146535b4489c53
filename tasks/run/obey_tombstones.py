"""Leaves alone what a person had forgotten: links are not fetched, captures not extracted, articles not loaded."""

from collections.abc import Collection, Iterable
from typing import Protocol
from uuid import UUID

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.items.link import EntryFacts, Link, UrlKind
from schemas.items.outcome import Outcome, Reason, Refusal, Stage, end_of
from schemas.runs.batch import Batch
from schemas.runs.forget import Tombstone, hash_of
from schemas.sources.listing import Listing
from tasks.pure.urls.forgotten import form_of, forms_of, pseudonym
from tasks.run.kit_parts import RunKit, WarehouseKit
from warehouse.lookups.known_urls import known_urls
from warehouse.lookups.tombstones import Forbidden, forbidden
from warehouse.tables.forget.tombstones import write_tombstones

Why = dict[tuple[str, str], str]
"""Why URLs are left alone, by source and URL."""


class ObeyKit(RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def obey_links(kit: ObeyKit, batch: Batch[Link], stage: Stage) -> Batch[Link]:
    """The batch without links to pages that were forgotten. Each ends as `forgotten`, with a hash in place of its
    URL."""
    why = left_alone(kit, batch.kept)
    if not why:
        return batch
    ended = [_ended(kit, link, stage, why[_key(link)]) for link in batch.kept if _key(link) in why]
    kept = tuple(link for link in batch.kept if _key(link) not in why)
    return batch.model_copy(update={"kept": kept, "dropped": (*batch.dropped, *ended)})


def obey_captures(kit: ObeyKit, batch: Batch[Capture], stage: Stage = Stage.EXTRACT) -> Batch[Capture]:
    """The batch without captures of pages that were forgotten. Rows of our own captures stay, by which the next
    maintenance finds the records in the archive; it takes out a URL that redirected to such a page, too."""
    found = _found(kit, ((each.link.source, form) for each in batch.kept for form in _forms_of_capture(each)))
    why = {each.capture_id: said for each in batch.kept if (said := _why_capture(found, each))}
    if not why:
        return batch
    gone = [each for each in batch.kept if each.capture_id in why]
    _bury(kit, found, ((each.link.source, each.url, _forms_of_capture(each)) for each in gone))
    ended = [_ended(kit, each.link, stage, why[each.capture_id], each.capture_id) for each in gone]
    rows = tuple(c for c in batch.ledger.captures if c.capture_id not in why or "://" not in c.warc.file)
    return batch.model_copy(
        update={
            "kept": tuple(each for each in batch.kept if each.capture_id not in why),
            "dropped": (*batch.dropped, *ended),
            "ledger": batch.ledger.model_copy(update={"captures": rows}),
        }
    )


def obey_articles(kit: ObeyKit, batch: Batch[Article]) -> Batch[Article]:
    """The batch without articles that were forgotten, also those that a page under an unknown URL says it is."""
    found = _found(kit, ((each.source, form) for each in batch.kept for form in _forms_of_article(each)))
    gone = [each for each in batch.kept if found.why(each.source, _forms_of_article(each))]
    if not gone:
        return batch
    _bury(kit, found, ((each.source, each.url, _forms_of_article(each)) for each in gone))
    of = {capture.capture_id: capture.link for capture in batch.ledger.captures}
    ended = [
        _ended(kit, of[each.capture_id], Stage.LOAD, said, each.capture_id)
        if each.capture_id in of
        else _ended_article(kit, each, said)
        for each in gone
        if (said := found.why(each.source, _forms_of_article(each)))
    ]
    kept = tuple(each for each in batch.kept if each not in gone)
    return batch.model_copy(update={"kept": kept, "dropped": (*batch.dropped, *ended)})


def left_alone(kit: ObeyKit, links: Collection[Link]) -> Why:
    """The links that are left alone."""
    found = _found(kit, ((link.source, form) for link in links for form in _forms(link)))
    told = {_key(link): found.why(link.source, _forms(link)) for link in links} if not found.is_empty else {}
    return {key: said for key, said in told.items() if said}


def names_forgotten(kit: ObeyKit, source: str, listing: Listing | Refusal) -> bool:
    """Whether a feed or sitemap lists a page that was forgotten: its body, with title and summary, is then not
    archived."""
    urls = [entry.url for entry in listing.entries] if isinstance(listing, Listing) else []
    return bool(_found(kit, ((source, form) for url in urls for form in forms_of(url))).hashes)


def unmet(kit: ObeyKit, links: Iterable[Link], why: Why, stage: Stage) -> list[Outcome]:
    """The outcomes of links that are left alone, but for those that the ledger has with this reason: a feed lists a
    page for days."""
    alone = {(link.source, pseudonym(link.url)): link for link in links if _key(link) in why}
    known = known_urls(kit.warehouse, {key: key[1] for key in alone})
    return [
        _ended(kit, link, stage, why[_key(link)])
        for (source, name), link in alone.items()
        if name not in known[source] or known[source][name].last_reason is not Reason.FORGOTTEN
    ]


def _key(link: Link) -> tuple[str, str]:
    return link.source, link.url


def _found(kit: ObeyKit, forms: Iterable[tuple[str, str]]) -> Forbidden:
    return forbidden(kit.warehouse, {(source, hash_of(form)) for source, form in forms})


def _forms(link: Link) -> frozenset[str]:
    return forms_of(link.url) | (forms_of(link.known_as) if link.known_as else frozenset())


def _forms_of_capture(capture: Capture) -> frozenset[str]:
    return _forms(capture.link) | forms_of(capture.final_url)


def _forms_of_article(article: Article) -> frozenset[str]:
    return forms_of(article.url) | forms_of(article.canonical_url)


def _why_capture(found: Forbidden, capture: Capture) -> str | None:
    source, at = capture.link.source, capture.fetched_at
    said = found.why(source, _forms_of_capture(capture))
    is_in_period = any(which in (None, source) and at < before for which, before in found.periods)
    return said or ("what was fetched in its time was forgotten" if is_in_period else None)


def _bury(kit: ObeyKit, found: Forbidden, pages: Iterable[tuple[str, str, frozenset[str]]]) -> None:
    """A tombstone for each of the URLs, (source, URL, forms by which it was found), that has none of its own."""
    stones = []
    for source, url, forms in pages:
        ids = [found.hashes[key] for form in forms if (key := (source, hash_of(form))) in found.hashes]
        own = hash_of(form_of(url))
        if ids and (source, own) not in found.hashes:
            stones.append(Tombstone(forget_id=ids[0], url_hash=own, source=source, at=kit.at()))
    write_tombstones(kit.warehouse, stones)


def _ended(kit: ObeyKit, link: Link, stage: Stage, why: str, capture_id: UUID | None = None) -> Outcome:
    nameless = link.model_copy(
        update={"url": pseudonym(link.url), "entry": EntryFacts(), "known_as": None, "canonical_form": None}
    )
    refusal = Refusal(reason=Reason.FORGOTTEN, detail=why)
    return end_of(nameless, kit.run_id, stage, refusal, kit.at(), capture_id=capture_id)


def _ended_article(kit: ObeyKit, article: Article, why: str) -> Outcome:
    """The outcome of an article whose capture was loaded before, and is not in its batch."""
    return Outcome(
        run_id=kit.run_id,
        source=article.source,
        url=pseudonym(article.url),
        kind=UrlKind.ARTICLE,
        stage=Stage.LOAD,
        reason=Reason.FORGOTTEN,
        detail=why,
        at=kit.at(),
        capture_id=article.capture_id,
    )
