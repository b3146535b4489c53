"""Where the marks of a chart stand: plain geometry in the units of its view box."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

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


def lanes(articles: Sequence[tuple[str, datetime]], left: float = 8) -> tuple[Lane, ...]:
    """A lane for each outlet, in order of its first article; x from the first article to the last."""
    times = [at for _, at in articles]
    start, length = min(times), (max(times) - min(times)).total_seconds() or 1.0
    found: dict[str, list[float]] = {}
    for outlet, at in articles:
        share = (at - start).total_seconds() / length
        found.setdefault(outlet, []).append(round(left + share * (WIDTH - 2 * left), 1))
    return tuple(Lane(outlet, tuple(marks)) for outlet, marks in found.items())
