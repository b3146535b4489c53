"""The quality of what a run loaded, read from the reader file; nothing older than 14 days is counted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from schemas.items.finding import Finding
from schemas.quality.quality_page import BrokenRule, Gap, QualityFacts, Share, Volume
from warehouse.reader.file import Reader

EXAMPLES = 3


def quality_facts(reader_path: Path, run_id: str, sources: Sequence[str], now: datetime) -> QualityFacts:
    """What the run put aside and loaded, and how that stands beside the days before `now`; `sources` are the slugs
    whose volumes and findings are wanted."""
    slugs = list(sources)
    with Reader(reader_path) as session:
        return QualityFacts(
            broken=tuple(session.models("select_broken_rules", BrokenRule, run_id=run_id, examples=EXAMPLES)),
            mix=tuple(session.models("select_completeness", Share, run_id=run_id)),
            gaps=tuple(session.models("select_gaps", Gap, run_id=run_id)),
            volumes=tuple(session.models("select_volumes", Volume, sources=slugs, now=now)),
            checked=tuple(session.models("select_checked_findings", Finding, sources=slugs)),
        )
