"""When the articles of a source are no longer as they were: by shares, each against its own past.

A share is an alarm where its past makes the latest articles next to impossible. How improbable that must be follows
from the number of articles: all sources together may give an alarm by chance once in many months.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import exp, lgamma, log
from typing import NamedTuple

from schemas.sources.usual import SourceTally, Usual
from tasks.pure.sources.volume import MONTH_DAYS, ODDS

ARTICLES_AT_LEAST = 8
"""Before so many are known, nothing is judged."""
FADE = 400.0
"""Articles that the shares are of; older ones fade."""
WORDS_KEPT = 200
LATEST = 12
"""Tallies that are looked at, the latest first."""
LEFT = 5
"""The latest tallies that teach nothing yet: the first articles of a fault are among them, be they a week apart."""
SUSPECT = 0.01
"""Odds of chance below which articles do not teach yet."""
SURE = 3.0
"""Logarithm of the odds (20 to 1) at which a drift is over."""
SHARES = ("refused", "undated", "unsigned", "partial", "other_language", "broken")
PRIOR = 0.2
"""Articles of either kind that count as seen before any was: most shares are next to none or next to all."""


class Drift(NamedTuple):
    """A share that left its past: `observed` of the latest `of` articles, where `usual` is the share of before."""

    measure: str
    observed: float
    usual: float
    of: int


class Count(NamedTuple):
    """So many of so many articles."""

    hits: float
    of: float


def short_and_long(usual: Usual) -> tuple[float, float]:
    """Words below and above which an article is unlike the past of its source: half of its shortest twentieth, twice
    its longest. (0, infinity) where too few are known."""
    if len(usual.words) < ARTICLES_AT_LEAST:
        return 0.0, float("inf")
    words, place = sorted(usual.words), len(usual.words) // 20
    return words[place] / 2, 2.0 * words[-1 - place]


def counts(usual: Usual, tallies: Sequence[SourceTally]) -> dict[str, Count]:
    """The counts of each measure over tallies."""
    articles = sum(tally.articles for tally in tallies)
    refused = sum(tally.refused for tally in tallies)
    shortest, longest = short_and_long(usual)
    words = [each for tally in tallies for each in tally.words]
    found = {name: Count(sum(getattr(tally, name) for tally in tallies), articles) for name in SHARES}
    return found | {
        "refused": Count(refused, articles + refused),
        "short": Count(sum(each < shortest for each in words), len(words)),
        "long": Count(sum(each > longest for each in words), len(words)),
    }


def past(usual: Usual) -> dict[str, Count]:
    """The counts of each measure that were learnt."""
    shortest, longest = short_and_long(usual)
    found = {name: Count(getattr(usual, name), usual.articles) for name in SHARES}
    return found | {
        "refused": Count(usual.refused, usual.pages),
        "short": Count(sum(each < shortest for each in usual.words), len(usual.words)),
        "long": Count(sum(each > longest for each in usual.words), len(usual.words)),
    }


def drifts(usual: Usual, tallies: Sequence[SourceTally], suspect: float | None = None) -> Iterator[Drift]:
    """The measures that the latest tallies (oldest first) show to have changed. `suspect`: the odds of chance below
    which that counts; None: those of an alarm."""
    before = past(usual)
    a_month = max(sum(usual.hourly) * MONTH_DAYS / 7, 1.0)
    odds = suspect or ODDS / (a_month * len(before))
    tallies = uncounted(usual, tallies)
    windows = _windows(usual, tallies[-LATEST:])
    for measure, known in before.items():
        if known.of < ARTICLES_AT_LEAST:
            continue
        for last, window in enumerate(windows, 1):
            now = window[measure]
            if is_striking(now, known) and by_chance(now, known) < odds:
                if not is_over(measure, now.hits / now.of, usual, tallies[-last:]):
                    yield Drift(measure, now.hits / now.of, known.hits / known.of, int(now.of))
                break


def _windows(usual: Usual, tallies: Sequence[SourceTally]) -> list[dict[str, Count]]:
    """The counts of the last tally, of the last two, and so on."""
    sums: dict[str, Count] = {}
    windows = []
    for tally in reversed(tallies):
        one = counts(usual, [tally])
        sums = (
            {name: Count(hits + sums[name].hits, of + sums[name].of) for name, (hits, of) in one.items()}
            if sums
            else one
        )
        windows.append(sums)
    return windows


def is_striking(now: Count, known: Count) -> bool:
    """Whether it lies over three standard deviations above the past: only then is it worth a computation."""
    if not now.hits:
        return False
    share = (known.hits + PRIOR) / (known.of + 2 * PRIOR)
    return bool(now.hits - now.of * share > 3 * (now.of * share * (1 - share)) ** 0.5)


def by_chance(now: Count, known: Count) -> float:
    """Probability of at least so many hits among so many articles, by the past alone (beta-binomial)."""
    a, b, first, of = known.hits + PRIOR, known.of - known.hits + PRIOR, int(now.hits), int(now.of)
    ways = lgamma(of + 1) - lgamma(first + 1) - lgamma(of - first + 1)
    term = exp(ways + _log_beta(a + first, b + of - first) - _log_beta(a, b))
    total = term
    for hits in range(first, of):  # Each term is the one before times a ratio of small numbers.
        term *= (of - hits) / (hits + 1) * (a + hits) / (b + of - hits - 1)
        total += term
    return min(total, 1.0)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def is_over(measure: str, observed: float, usual: Usual, tallies: Sequence[SourceTally]) -> bool:
    """Whether the latest of the tallies since the alarm are 20 times as probable by the past as by the drift, whose
    share was `observed`."""
    known = past(usual)[measure]
    usually = (known.hits + PRIOR) / (known.of + 2 * PRIOR)
    drifted = min(max(observed, usually), 0.98)
    if drifted <= usually:
        return True
    for last in range(1, len(tallies) + 1):
        now = counts(usual, tallies[-last:])[measure]
        clean = now.of - now.hits
        if now.hits * log(usually / drifted) + clean * log((1 - usually) / (1 - drifted)) >= SURE:
            return True
    return False


def uncounted(usual: Usual, tallies: Sequence[SourceTally]) -> list[SourceTally]:
    """The tallies that the shares do not count yet."""
    return [tally for tally in tallies if usual.counted_at is None or tally.at > usual.counted_at]


def with_shares(usual: Usual, after: Sequence[SourceTally], until: datetime) -> Usual:
    """What is usual with the articles of the tallies up to `until`, but for the last few. While the last are suspect,
    they wait: a fault that comes to light slowly must not become what is usual before it is told."""
    waiting = uncounted(usual, after)
    tallies = [tally for tally in waiting[:-LEFT] if tally.at < until]
    is_suspect = len(waiting) <= 2 * LATEST and any(drifts(usual, waiting, SUSPECT))
    if not tallies or is_suspect:
        return usual
    fields: Mapping[str, float] = {name: sum(getattr(tally, name) for tally in tallies) for name in SHARES}
    articles = sum(tally.articles for tally in tallies)
    kept = min(1.0, FADE / (usual.articles + articles)) if usual.articles + articles else 1.0
    words = [*usual.words, *(each for tally in tallies for each in tally.words)]
    update: dict[str, object] = {name: kept * (getattr(usual, name) + value) for name, value in fields.items()}
    update |= {
        "counted_at": tallies[-1].at,
        "articles": kept * (usual.articles + articles),
        "pages": kept * (usual.pages + articles + fields["refused"]),
        "words": tuple(words[-WORDS_KEPT:]),
    }
    return usual.model_copy(update=update)
