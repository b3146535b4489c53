"""At the end of a run: judges the sources that it polled, closes incidents that are over, learns what is usual."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from schemas.items.article import Article
from schemas.items.finding import Finding
from schemas.items.incident import Incident
from schemas.items.outcome import Reason
from schemas.runs.batch import Batch, BatchLedger, Loaded
from schemas.sources.source import Source
from tasks.pure.runs.endings import RunEvidence, closings
from tasks.pure.runs.run_row import LISTS
from tasks.pure.sources.health_states import changes
from tasks.pure.sources.judge import Seen, declared, is_trusted, judged, paces, relearnt
from tasks.run.kit_parts import RunKit, WarehouseKit
from warehouse.load.load import load_batch
from warehouse.lookups.health import Known, known_health
from warehouse.lookups.known_urls import feed_states

TOLD_AGAIN = timedelta(hours=24)
"""An open incident is found again no more often, unless it grows graver."""
TALLIED = frozenset({Reason.LOADED, Reason.CONSENT_PAGE, Reason.CHALLENGE_PAGE, Reason.SOFT_404, Reason.EMPTY_TEXT})
"""As `select_untallied` counts them."""


class JudgeKit(RunKit, WarehouseKit, Protocol):
    """The equipment that a step of this file uses."""


def judge(
    kit: JudgeKit,
    flow: str,
    sources: Sequence[Source],
    wrong: frozenset[str],
    is_whole: bool,
    loaded: Sequence[Loaded],
) -> Loaded | None:
    """Load what changed of the health of the sources; None: nothing did. `wrong`: slugs of wrong source files,
    `is_whole`: the run had the sources of all files, `loaded`: what it loaded so far."""
    at = kit.at()
    seen, known = _looked(kit, sources, loaded, is_all=flow == "health")
    own = _own(seen, kit.run_id, at)
    others = [finding for batch in loaded for finding in batch.findings]
    evidence = RunEvidence(
        flow=flow,
        run_id=kit.run_id,
        at=at,
        sources={source.slug: source for source in sources},
        is_whole=is_whole,
        wrong=wrong,
        seen=seen,
        articles=_articles(loaded),
        held=_held(loaded),
        found=(*own, *others),
    )
    closed = closings(known.open_ones, evidence)
    ends = {(row.source, row.code, row.about) for row in closed}
    left = [one for one in known.open_ones if (one.source, one.code, one.about) not in ends]
    told = _to_tell(own, left)
    open_ones = [*left, *(_as_incident(each) for each in (*own, *others) if not _of(each, left))]
    usuals = (relearnt(one, is_trusted(slug, open_ones), kit.run_id, at) for slug, one in seen.items())
    ledger = BatchLedger(
        findings=tuple(told),
        closings=closed,
        health_states=changes(
            evidence.sources, open_ones, known.usuals, seen, known.health, is_whole, wrong, kit.run_id, at
        ),
        tallies=known.fresh,
        usuals=tuple(usual for usual in usuals if usual),
    )
    return _loaded(kit, ledger, at) if ledger != BatchLedger() else None


def _loaded(kit: JudgeKit, ledger: BatchLedger, at: datetime) -> Loaded:
    batch = Batch[Article](
        batch_id=uuid5(NAMESPACE_URL, f"newsdesk:{kit.run_id}:health"), run_id=kit.run_id, ledger=ledger
    )
    from tasks.pure.history import rules

    return load_batch(kit.warehouse, batch, rules, at)


def _own(seen: Mapping[str, Seen], run_id: str, at: datetime) -> list[Finding]:
    """The findings of the sources that are enabled and not muted."""
    pace = paces(tuple(seen.values()), at)
    heard = [one for one in seen.values() if one.source.enabled and not one.source.muted]
    return [each for one in heard for each in judged(one, run_id, at, pace.get(one.source.country, 1.0))]


def _looked(
    kit: JudgeKit, sources: Sequence[Source], loaded: Sequence[Loaded], is_all: bool
) -> tuple[dict[str, Seen], Known]:
    """What is known of the sources that the run polled; with `is_all`, of those that any run did."""
    polled = _polled(loaded)
    slugs = [source.slug for source in sources if is_all or source.slug in polled]
    stored = feed_states(kit.warehouse, slugs, kit.at()) if slugs else {}
    states = {
        source.slug: declared(source, its)
        for source in sources
        if (its := stored.get(source.slug)) and (is_all or any(state.run_id == kit.run_id for state in its.values()))
    }
    judged_ones = [source for source in sources if states.get(source.slug)]
    languages = {each.slug: each.language for each in judged_ones}
    known = known_health(kit.warehouse, kit.run_id, languages, kit.at(), is_all or _has_news(loaded))
    seen = {
        each.slug: Seen(
            each,
            states[each.slug],
            known.polls.get(each.slug, ()),
            known.usuals.get(each.slug),
            known.tallies.get(each.slug, ()),
        )
        for each in judged_ones
    }
    return seen, known


def _polled(loaded: Sequence[Loaded]) -> frozenset[str]:
    return frozenset(one.source for batch in loaded for one in batch.outcomes if one.kind in LISTS)


def _has_news(loaded: Sequence[Loaded]) -> bool:
    """Whether the run loaded an article, or refused a page for what it says: only that is tallied."""
    return any(one.reason in TALLIED for batch in loaded for one in batch.outcomes)


def _articles(loaded: Sequence[Loaded]) -> Counter[str]:
    read = (Reason.LOADED, Reason.UNCHANGED, Reason.REVERTED)
    return Counter(one.source for batch in loaded for one in batch.outcomes if one.reason in read)


def _held(loaded: Sequence[Loaded]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (band.source, band.code)
        for batch in loaded
        for judgement in batch.judgements
        for band in judgement.bands
        if band.is_held
    )


def _to_tell(own: Sequence[Finding], left: Sequence[Incident]) -> list[Finding]:
    """The findings that open an incident, make it graver, or were not told for a day."""
    return [
        each
        for each in own
        if not (before := _of(each, left))
        or before.severity is not each.severity
        or each.at - before.seen_at > TOLD_AGAIN
    ]


def _of(finding: Finding, incidents: Sequence[Incident]) -> Incident | None:
    key = (finding.source, finding.code, finding.about)
    return next((one for one in incidents if (one.source, one.code, one.about) == key), None)


def _as_incident(finding: Finding) -> Incident:
    """The incident that the finding opens, as `ops.incidents` will show it but for its id."""
    return Incident(
        incident_id=uuid5(NAMESPACE_URL, f"{finding.source} {finding.code} {finding.about}"),
        findings=1,
        opened_at=finding.at,
        opened_by=finding.run_id,
        seen_at=finding.at,
        seen_by=finding.run_id,
        **finding.model_dump(exclude={"run_id", "at"}),
    )
