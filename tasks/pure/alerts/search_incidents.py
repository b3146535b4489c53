"""Incidents of watched searches: what a run brought that they find."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from schemas.items.finding import Severity
from schemas.runs.alert import Alertable, AlertKind
from tasks.pure.text.escaping import safe_line

TITLES = 5


def search_incident(name: str, run_id: str, ended_at: datetime, titles: Sequence[str]) -> Alertable:
    """One incident for all new articles of a run that a search finds; `titles`: of these, best first. It is never
    over."""
    more = f"; and {len(titles) - TITLES} more" if len(titles) > TITLES else ""
    shown = "; ".join(map(safe_line, titles[:TITLES]))
    articles = "1 new article" if len(titles) == 1 else f"{len(titles)} new articles"
    return Alertable(
        incident_id=f"search {name} {run_id}",
        kind=AlertKind.SEARCH,
        severity=Severity.WARNING,
        code=name,
        message=f"{articles} for {name!r}: {shown}{more} (newsdesk search --saved {name})",
        opened_at=ended_at,
    )


def by_run(titles: Mapping[str, str], runs: Mapping[str, str]) -> dict[str, list[str]]:
    """The titles of hits by the run that brought them: `titles` by article_id, best first; `runs` by article_id."""
    found: dict[str, list[str]] = {}
    for article_id, title in titles.items():
        if run_id := runs.get(article_id):
            found.setdefault(run_id, []).append(title)
    return found
