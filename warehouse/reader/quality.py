"""The quality of the articles that a run loaded, from the reader file; rows older than 14 days are not counted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from schemas.items.article import Article
from schemas.items.field_use import gap_fields
from schemas.items.finding import Finding
from schemas.quality.quality_page import BrokenRule, Gap, QualityFacts, Share, Volume
from warehouse.database.columns import columns
from warehouse.database.names import field_name
from warehouse.reader.file import Reader

EXAMPLES = 3
_GAPS = [column for column in columns(Article) if field_name(column.name) in gap_fields(Article)]
LISTS = [column.name for column in _GAPS if column.type.endswith("[]")]
"""Columns that count as empty if their list has no entry."""
FIELDS = [column.name for column in _GAPS if column.name not in LISTS]
"""Columns that count as empty if they are NULL."""


def quality_facts(reader_path: Path, run_id: str, sources: Sequence[str], now: datetime) -> QualityFacts:
    """The records that the run quarantined and loaded, compared with the days before `now`. `sources` are the slugs
    whose volumes and findings are included."""
    slugs = list(sources)
    with Reader(reader_path) as session:
        return QualityFacts(
            broken=tuple(session.models("select_broken_rules", BrokenRule, run_id=run_id, examples=EXAMPLES)),
            mix=tuple(session.models("select_completeness", Share, run_id=run_id)),
            gaps=tuple(session.models("select_gaps", Gap, run_id=run_id, fields=FIELDS, lists=LISTS)),
            volumes=tuple(session.models("select_volumes", Volume, sources=slugs, now=now)),
            checked=tuple(session.models("select_checked_findings", Finding, sources=slugs)),
        )
