"""Records: rows made of the steps' types."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from schemas.history.event import Event, EventKind
from schemas.history.rows import CaptureRow, LinkOut
from schemas.history.timeline import Seen, Stated
from schemas.items.article import Article, ArticleVersion
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import EntryFacts, Link
from warehouse.load.changes import change
from warehouse.load.decide_versions import Verdict

Texts = Mapping[tuple[UUID, int], Article | Stated]
"""What versions say, by the article that they were loaded as and their number."""


def version_row(verdict: Verdict, texts: Texts, page_id: UUID | None, run_id: str, at: datetime) -> ArticleVersion:
    """The row of main.article_versions; raises pydantic's `ValidationError` for an article that breaks a rule."""
    article, before = verdict.article, verdict.before
    fields = {name: getattr(article, name) for name in type(article).model_fields}
    if before:
        fields |= _changes(texts[before.loaded_as, before.version], article) | {"compared_with": before.version}
    return ArticleVersion(
        **fields,
        version=verdict.version,
        run_id=run_id,
        loaded_at=at,
        cause=verdict.cause,
        supersedes=verdict.supersedes,
        page_id=page_id,
    )


def again_events(verdicts: Sequence[Verdict], run_id: str, at: datetime) -> list[Event]:
    """The rows of ops.events for the moments at which the text of a known version was met again."""
    seen = [(v.again, _seen(v), v.detail) for v in verdicts if v.again]
    seen += [(EventKind.SEEN_AGAIN, v.anchor, f"after {v.article.fetched_at}") for v in verdicts if v.anchor]
    return [
        Event(
            event_id=uuid5(one.article_id, f"{kind} {one.capture_id}"),
            article_id=one.article_id,
            kind=kind,
            at=one.seen_at,
            source=one.source,
            url=one.url,
            version=one.version,
            capture_id=one.capture_id,
            detail=detail,
            run_id=run_id,
            loaded_at=at,
        )
        for kind, one, detail in seen
    ]


def links_out(verdict: Verdict, run_id: str) -> list[LinkOut]:
    """The rows of main.links_out, in the order of the body."""
    article = verdict.article
    return [
        LinkOut(
            article_id=article.article_id,
            version=verdict.version,
            position=position,
            url=link.url,
            text=link.text,
            run_id=run_id,
        )
        for position, link in enumerate(article.links_out, start=1)
    ]


def capture_row(capture: Capture) -> CaptureRow:
    """The row of main.captures."""
    same = CaptureRow.model_fields.keys() & Capture.model_fields.keys()
    return CaptureRow(
        **{name: getattr(capture, name) for name in same},
        source=capture.link.source,
        url=capture.url,
        kind=capture.kind,
        found_in=capture.link.found_in,
        found_at=capture.link.found_at,
        entry=capture.link.entry.model_dump_json(exclude_defaults=True),
        entry_newest_at=capture.link.newest_date(),
        guid=capture.link.entry.guid,
        known_as=capture.link.known_as,
        canonical_form=capture.link.canonical_form,
        warc_file=capture.warc.file,
        warc_offset=capture.warc.offset,
        warc_length=capture.warc.length,
        warc_digest=capture.warc.digest,
    )


def _seen(verdict: Verdict) -> Seen:
    article = verdict.article
    return Seen(
        article_id=article.article_id,
        version=verdict.version,
        seen_at=article.fetched_at,
        capture_id=article.capture_id,
        source=article.source,
        url=article.url,
    )


def _changes(before: Article | Stated, after: Article) -> dict[str, Any]:
    found = change(before, after)
    return {
        "changed_fields": found.fields,
        "words_added": found.words_added,
        "words_removed": found.words_removed,
        "similarity": found.similarity,
    }


def capture_of(row: CaptureRow) -> Capture:
    """The capture that the row was made of."""
    same = (CaptureRow.model_fields.keys() & Capture.model_fields.keys()) - {"link", "warc"}
    link = Link(
        url=row.url,
        source=row.source,
        kind=row.kind,
        found_in=row.found_in,
        found_at=row.found_at,
        entry=EntryFacts.model_validate_json(row.entry),
        known_as=row.known_as,
    )
    warc = WarcPointer(file=row.warc_file, offset=row.warc_offset, length=row.warc_length, digest=row.warc_digest)
    return Capture(**{name: getattr(row, name) for name in same}, link=link, warc=warc)
