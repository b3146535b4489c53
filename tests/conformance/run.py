"""`make conformance`: our parsers against the suites of feedparser and Protego; needs the package index.

Exits with 1 where a parser crashes or a date is silently wrong.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.items.link import EntryFacts
from schemas.items.outcome import Refusal
from schemas.sources.listing import Listing
from tasks.cage.pool import Cage
from tasks.pure.dates.read import read_date
from tasks.pure.feeds.entries import SUMMARY_CHARS
from tasks.pure.text.clean import TITLE_CHARS
from tasks.pure.text.html_fragment import text_of, title_of
from tests.conformance.readings import FeedReading, RobotsReading
from tests.conformance.suites import Feed, WrittenDate, dates, feeds, fetch_suites, robots_files

TEXTS = {"title": TITLE_CHARS, "summary": SUMMARY_CHARS, "description": SUMMARY_CHARS}
INSTANTS = frozenset({"published_parsed", "updated_parsed", "created_parsed"})


@dataclass
class Figures:
    """What one suite showed: rows of the table, and what went wrong."""

    rows: Counter[str] = field(default_factory=Counter)
    longest: tuple[float, str] = (0.0, "none")
    wrong: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def time(self, seconds: float, name: str) -> None:
        self.longest = max(self.longest, (seconds, name))

    def lines(self, title: str) -> Iterator[str]:
        yield f"{title}: {len(self.crashes)} crashes, longest parse {self.longest[0]:.3f} s ({self.longest[1]})"
        yield from (f"  {count:>6}  {row}" for row, count in sorted(self.rows.items()))
        yield from (f"  differs: {text[:200]}" for text in self.wrong)
        yield from (f"  CRASH: {text[:200]}" for text in self.crashes)


def read_feeds(cage: Cage, suite: Iterable[Feed]) -> Figures:
    """Every feed read in the cage, and the assertions that a Listing can answer."""
    figures = Figures()
    for feed in suite:
        reading = cage.call("tests.conformance.readings:feed_reading", feed.body, feed.url, feed.charset)
        if not isinstance(reading, FeedReading):
            figures.crashes.append(f"{feed.name}: {reading}")
            continue
        figures.time(reading.seconds, feed.name)
        found = reading.found
        figures.rows["files"] += 1
        figures.rows[f"refused: {found.reason}" if isinstance(found, Refusal) else "listed"] += 1
        _compare(figures, feed, found)
    return figures


def _compare(figures: Figures, feed: Feed, found: Listing | Refusal) -> None:
    for name, value in feed.expected.items():
        if name not in TEXTS and name not in INSTANTS and name != "link":
            continue
        figures.rows["assertions that a listing answers"] += 1
        if isinstance(found, Refusal) or not found.entries:
            figures.wrong.append(f"{feed.name} {name}: no entry is listed")
            continue
        seen, meant = _sides(name, value, found.entries[0].url, found.entries[0].facts)
        if meant in seen:
            figures.rows["assertions met"] += 1
        else:
            figures.wrong.append(f"{feed.name} {name}: {seen!r}, not {meant!r}")


def _sides(name: str, value: object, url: str, facts: EntryFacts) -> tuple[Sequence[object], object]:
    """What we have, and what is asserted. feedparser keeps HTML, we keep text: the asserted HTML is made
    text by the same function. It calls a lone date `updated`, we `published`: either may hold it."""
    if name == "link":
        return [url], value
    if name in TEXTS:
        text = title_of if name == "title" else text_of
        return [facts.title if name == "title" else facts.summary], text(str(value), TEXTS[name])
    assert isinstance(value, tuple)
    known = (date.at for date in (facts.published, facts.modified) if date and date.at)
    return [at.timetuple()[:6] for at in known], value[:6]


def read_dates(suite: Iterable[WrittenDate]) -> Figures:
    """Every date: right, unknown, or silently wrong, which is the one that must not be."""
    figures = Figures()
    for written in suite:
        at = read_date(written.raw, written.time_zone).at
        read = at and at.timetuple()[:6]
        verdict = "right" if read == written.utc else "unknown" if read is None else "wrong"
        figures.rows[verdict] += 1
        if verdict == "wrong":
            figures.wrong.append(f"{written.raw!r}: {read}, not {written.utc}")
    return figures


def read_robots_files(cage: Cage, files: Iterable[Path]) -> Figures:
    """Every robots.txt read in the cage."""
    figures = Figures()
    for path in files:
        reading = cage.call("tests.conformance.readings:robots_reading", path.read_bytes(), path.name)
        if not isinstance(reading, RobotsReading):
            figures.crashes.append(f"{path.name}: {reading}")
            continue
        figures.time(reading.seconds, path.name)
        figures.rows["files"] += 1
        figures.rows["sitemaps named"] += reading.sitemaps
        figures.rows["files that let us ask for the home page"] += reading.allows
    return figures


def main() -> int:
    """Print the figures of all suites; 1 where something crashed or a date was wrong."""
    with TemporaryDirectory() as name, Cage(children=1, memory_mb=1500, wall_s=20.0) as cage:
        folder = fetch_suites(Path(name))
        found = {
            "feeds of feedparser": read_feeds(cage, feeds(folder)),
            "dates of feedparser": read_dates(dates(folder)),
            "robots.txt files of Protego": read_robots_files(cage, robots_files(folder)),
        }
    for title, figures in found.items():
        print("\n".join(figures.lines(title)))
    return 1 if any(each.crashes for each in found.values()) or found["dates of feedparser"].wrong else 0


if __name__ == "__main__":
    sys.exit(main())
