"""Backfills in this process, and what a home holds after them."""

from typing import Any

from flows.backfill import run_job
from schemas.runs.backfill_plan import BackfillOptions, BackfillOrigin
from schemas.runs.report import RunReport
from schemas.settings import Settings
from tasks.backfill.job import BackfillJob
from tests.support.newsrooms import ask

CONTENT = (
    "SELECT article_id, source, url, canonical_url, title, body, authors, language, completeness, body_hash "
    "FROM main.articles ORDER BY article_id"
)


def backfill(
    settings: Settings, ground: BackfillOrigin, *inputs: str, job: BackfillJob | None = None, **how: Any
) -> RunReport:
    """One backfill to its end."""
    wanted = BackfillOptions(ground=ground, inputs=inputs, **how)
    return run_job(job or BackfillJob(wanted), settings)


def content(settings: Settings) -> list[dict[str, Any]]:
    """The articles, without what says when and from which capture they were read."""
    return ask(settings, CONTENT)


def counted(settings: Settings, what: str = "main.articles") -> int:
    """How many rows there are."""
    return int(ask(settings, f"SELECT count(*) AS n FROM {what}")[0]["n"])
