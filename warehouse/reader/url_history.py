"""Explain a URL: its outcomes, captures, versions, requests and events, from the reader file."""

from pathlib import Path

from schemas.history.event import Event
from schemas.history.identity import Identity
from schemas.history.rows import CaptureRow
from schemas.items.link import EntryFacts
from schemas.items.outcome import Outcome
from schemas.runs.forget import PREFIX, hash_of
from schemas.runs.ledger import Quarantined, Request
from schemas.runs.url_history import Sighting, UrlHistory, VersionStep
from warehouse.reader.file import Reader


def explain(reader_path: Path, url: str, form: str | None = None) -> UrlHistory:
    """The history of `url`, which may be a URL as found, canonical or final. `form`, its canonical form, adds URLs
    that are other spellings of it. The history of an unknown URL has no steps; that of a forgotten one has what the
    ledger keeps under its hash."""
    with Reader(reader_path) as session:
        urls = [row[0] for row in session.rows("select_story_urls", url=url, form=form or url)]
        urls.append(PREFIX + hash_of(form or url))
        captures = session.models("select_story_captures", CaptureRow, urls=urls)
        sent_to = sorted({*urls, *(capture.final_url for capture in captures)})
        outcomes = session.models("select_story_outcomes", Outcome, urls=urls)
        versions = session.models("select_story_versions", VersionStep, urls=urls)
        ids = [one.article_id for one in outcomes if one.article_id] + [one.article_id for one in versions]
        return UrlHistory(
            url=url,
            urls=tuple(urls[:-1]),
            sightings=tuple(_sighting(capture) for capture in captures),
            requests=tuple(session.models("select_story_requests", Request, urls=sent_to)),
            captures=tuple(captures),
            outcomes=tuple(outcomes),
            quarantined=tuple(session.models("select_story_quarantine", Quarantined, urls=urls)),
            versions=tuple(versions),
            events=tuple(session.models("select_story_events", Event, ids=ids)),
            identities=tuple(session.models("select_story_identities", Identity, ids=ids, urls=urls)),
        )


def _sighting(capture: CaptureRow) -> Sighting:
    return Sighting(
        run_id=capture.run_id,
        source=capture.source,
        url=capture.url,
        found_in=capture.found_in,
        found_at=capture.found_at,
        entry=EntryFacts.model_validate_json(capture.entry),
    )
