"""What `newsdesk explain` prints of one URL: a line for each step, oldest first."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from schemas.history.event import Event
from schemas.history.identity import Identity, IdentityRule
from schemas.history.rows import CaptureRow
from schemas.items.article import MODIFIED, PUBLISHED, Evidence
from schemas.items.outcome import Outcome
from schemas.runs.ledger import Request
from schemas.runs.url_history import Sighting, UrlHistory, VersionStep
from tasks.pure.dates.read import has_wrong_weekday, why_unknown
from tasks.pure.text.escaping import safe_line

UTC_ZONE = ZoneInfo("UTC")


def story_lines(story: UrlHistory, zone: ZoneInfo = UTC_ZONE) -> list[str]:
    """The spellings of the URL; its steps, oldest first, each with its instant in the zone; then the text that
    extraction left out. Line ends and control characters in texts of publishers are replaced."""
    if not story.urls:
        return [f"the warehouse does not know {safe_line(story.url)}"]
    steps: list[tuple[datetime, int, str]] = []
    steps += [(step.found_at, 0, _sighting(step)) for step in story.sightings]
    steps += [(step.sent_at, 1, _request(step)) for step in story.requests]
    steps += [(step.fetched_at, 2, _capture(step)) for step in story.captures]
    steps += [(step.loaded_at, 3, line) for step in story.versions for line in _version(step)]
    steps += [
        (step.at, 4, f"quarantined  {', '.join(step.rules)}: {'; '.join(step.messages)}")
        for step in story.quarantined
    ]
    steps += [(step.at, 5, _identity(step)) for step in story.identities]
    steps += [(step.at, 6, _outcome(step)) for step in story.outcomes]
    steps += [(step.at, 7, _event(step)) for step in story.events]
    spellings = [f"known as {safe_line(url)}" for url in story.urls]
    return [
        *spellings,
        f"times in {zone.key}",
        *(
            f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}  {safe_line(line)}"
            for at, _, line in sorted(steps, key=lambda s: s[:2])
        ),
        *(f"left out  {safe_line(gone.text)!r}: {safe_line(gone.rule)}" for gone in story.removals),
        *([f"no removals are known: {safe_line(story.unread)}"] if story.unread else ()),
    ]


def _sighting(step: Sighting) -> str:
    title = f" {step.entry.title!r}" if step.entry.title else ""
    dates = [
        f"{name} {d.raw!r}"
        for name, d in (("published", step.entry.published), ("modified", step.entry.modified))
        if d
    ]
    return f"found        in {step.found_in}{title} {', '.join(dates)}".rstrip()


def _request(step: Request) -> str:
    status = step.status if step.status is not None else "no answer"
    return f"requested    {step.url} attempt {step.attempt}: {step.reason.value}, {status}, {step.elapsed_s:.2f} s"


def _capture(step: CaptureRow) -> str:
    policies = f", reserves {', '.join(step.policies)}" if step.policies else ""
    place = f"{step.warc_file}:{step.warc_offset} ({step.capture_id})"
    return f"captured     {step.body_bytes:,} bytes at {place}{policies}"


def _version(step: VersionStep) -> Iterator[str]:
    yield f"loaded       version {step.version} of {step.article_id}: {step.title!r}, {step.word_count} words"
    if step.compared_with:
        yield f"             {_change(step)}"
    signs = ", ".join(step.completeness_evidence) or "no sign that it is incomplete"
    yield f"             completeness {step.completeness.value}: {signs}"
    if step.policies:
        yield f"             policies {', '.join(step.policies)}"
    for evidence in step.evidence:
        sign = "chosen" if evidence.chosen else "not chosen"
        unknown = _why_unknown(evidence, step.language)
        yield f"             {evidence.field} by {evidence.origin.value}: {evidence.raw!r}, {sign}{unknown}"


def _why_unknown(evidence: Evidence, language: str | None) -> str:
    if evidence.field not in (PUBLISHED, MODIFIED):
        return ""
    if evidence.at:
        return ", its weekday is another day's" if has_wrong_weekday(evidence.raw, language) else ""
    why = why_unknown(evidence.raw, language=language)
    return f", unknown: {why}" if why else ""


def _change(step: VersionStep) -> str:
    cause = step.cause.value if step.cause else "changed"
    place = f" in place of version {step.supersedes}" if step.supersedes else ""
    words = f"{step.words_added} words added, {step.words_removed} removed"
    alike = f"{step.similarity:.0%} alike" if step.similarity is not None else "not compared"
    fields = ", ".join(step.changed_fields)
    return f"{cause}{place} against version {step.compared_with}: {fields}; {words}, {alike}"


def _identity(step: Identity) -> str:
    if step.rule is IdentityRule.UNDONE:
        return f"identity     {step.page_url} is an article of its own again: {step.evidence}"
    return f"identity     {step.page_url} is {step.canonical_url} by {step.rule.value}: {step.evidence}"


def _event(step: Event) -> str:
    version = f", version {step.version}" if step.version else ""
    evidence = f" ({'; '.join(step.evidence)})" if step.evidence else ""
    return f"event        {step.kind.value}{version}: {step.detail}{evidence}"


def _outcome(step: Outcome) -> str:
    detail = f" ({step.detail})" if step.detail else ""
    version = f", version {step.version}" if step.version else ""
    return f"ended        at {step.stage.value}: {step.reason.value}{detail}{version} [run {step.run_id}]"
