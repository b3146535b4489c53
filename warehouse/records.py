"""Records: rows made of the steps' types."""

from datetime import datetime

from schemas.article import ArticleVersion
from schemas.capture import Capture
from schemas.row import CaptureRow, LinkOut
from warehouse.verdicts import Verdict


def version_row(verdict: Verdict, run_id: str, at: datetime) -> ArticleVersion:
    """The row of main.article_versions; raises pydantic's `ValidationError` for an article that breaks a rule."""
    fields = {name: getattr(verdict.article, name) for name in type(verdict.article).model_fields}
    return ArticleVersion(**fields, version=verdict.version, run_id=run_id, loaded_at=at)


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
        warc_file=capture.warc.file,
        warc_offset=capture.warc.offset,
        warc_length=capture.warc.length,
        warc_digest=capture.warc.digest,
    )
