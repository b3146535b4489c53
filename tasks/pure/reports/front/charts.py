"""Where the marks of a chart stand: plain geometry in the units of its view box."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from schemas.history.front_page import Attention

WIDTH, HEIGHT = 600, 80


class Bar(NamedTuple):
    """A bar from the base line up."""

    x: float
    y: float
    width: float
    height: float


class Lane(NamedTuple):
    """An outlet's line in the chart of a story, and where its articles stand on it."""

    outlet: str
    marks: tuple[float, ...]


def bars(values: Sequence[float], width: float = WIDTH, height: float = HEIGHT) -> tuple[Bar, ...]:
    """One bar a value, from left to right; the highest value has the whole height. No value above 0: no height."""
    top, step = max(values, default=0) or 1, width / max(1, len(values))
    gap = min(2.0, step / 4)
    return tuple(
        Bar(
            x=round(place * step + gap / 2, 1),
            y=round(height - height * value / top, 1),
            width=round(step - gap, 1),
            height=round(height * value / top, 1),
        )
        for place, value in enumerate(values)
    )


class AttentionChart(NamedTuple):
    """The articles of one source, language or section: a bar for each of the days, and the days that have any."""

    name: str
    is_source: bool
    total: int
    highest: int
    bars: tuple[Bar, ...]
    days: tuple[Attention, ...]


def attention_charts(rows: Sequence[Attention], last: date, days: int = 28) -> dict[str, tuple[AttentionChart, ...]]:
    """The charts by what is counted, those of most articles first; `last` is the day of the last bar (UTC)."""
    found: dict[tuple[str, str], list[Attention]] = {}
    for row in rows:
        found.setdefault((row.by_what, row.name), []).append(row)
    made: dict[str, list[AttentionChart]] = {}
    for (by_what, name), its in found.items():
        counts = {row.day: row.articles for row in its}
        values = [counts.get(last - timedelta(days=ago), 0) for ago in range(days - 1, -1, -1)]
        chart = AttentionChart(
            name, by_what == "source", sum(counts.values()), max(values), bars(values), tuple(reversed(its))
        )
        made.setdefault(by_what, []).append(chart)
    return {by_what: tuple(sorted(charts, key=lambda one: -one.total)) for by_what, charts in made.items()}


def lanes(articles: Sequence[tuple[str, datetime]], left: float = 8) -> tuple[Lane, ...]:
    """A lane for each outlet, in order of its first article; x from the first article to the last."""
    times = [at for _, at in articles]
    start, length = min(times), (max(times) - min(times)).total_seconds() or 1.0
    found: dict[str, list[float]] = {}
    for outlet, at in articles:
        share = (at - start).total_seconds() / length
        found.setdefault(outlet, []).append(round(left + share * (WIDTH - 2 * left), 1))
    return tuple(Lane(outlet, tuple(marks)) for outlet, marks in found.items())
