"""How many articles hold a term: what is common says little about a story."""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tasks.pure.stories.function_words import function_words

HALF_LIFE = timedelta(days=28)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_IDF_POWER = 0.75
"""Below 1, since a story that fills a tenth of a day's headlines makes its own name common."""
_ARTICLES_AT_LEAST = 5000
"""Counted at least, so that the first articles of a warehouse are not judged by other weights than later ones: on
3,149 UCI headlines B-cubed F1 rises from .82 to .84, on ECB+ from .85 to .88."""
_DECIMALS = 3
"""Of a weight, as it is stored."""
COMMON_SHARE = 0.2
"""Terms of more articles than this share are left out, from `ENOUGH` articles on."""
ENOUGH = 200
FEW = 10
"""The same for a language whose commonest words are not known (`function_words`), such as Chinese: its first articles
would share little else."""
TERMS_AT_MOST = 80
"""Of a vector: with 20 B-cubed F1 on ECB+ falls by .05."""
Vector = Mapping[str, float]


@dataclass
class Frequencies:
    """`articles` and `counts` (by term) are sums of weights that double every `HALF_LIFE`, so that an old article
    counts less beside a new one and nothing is ever recomputed. Only their ratios mean anything. `newest` (UTC) is
    the latest time observed; None: none. `enough`: articles from which on common terms are left out."""

    enough: int = ENOUGH
    articles: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    newest: datetime | None = None

    def observe(self, terms: Iterable[str], at: datetime) -> None:
        """An article of that time (UTC) has these terms."""
        weight = weight_at(at)
        self.articles += weight
        self.newest = max(at, self.newest or at)
        for term in terms:
            self.counts[term] += weight  # type: ignore[assignment] # typeshed has whole counts only

    def vector(self, weights: Mapping[str, float], at: datetime) -> dict[str, float]:
        """Of length 1, heaviest term first, without what is common; empty where nothing is left. An article that is
        older than the newest is measured by the terms of today's articles."""
        unit = weight_at(max(at, self.newest or at))
        number = self.articles / unit
        known = max(number, _ARTICLES_AT_LEAST)
        heaviest = heapq.nlargest(
            TERMS_AT_MOST,
            (
                (weight * math.log((known + 1) / (count + 0.5)) ** _IDF_POWER, term)
                for term, weight in weights.items()
                if (count := self.counts.get(term, 0.0) / unit) <= COMMON_SHARE * number or number < self.enough
                if count < known + 0.5
            ),
        )
        length = math.sqrt(sum(weight * weight for weight, _ in heaviest))
        return {term: round(weight / length, _DECIMALS) for weight, term in heaviest} if length else {}


class FrequenciesByLanguage(dict[str, Frequencies]):
    """By language (BCP 47); one that is asked for first has counted nothing."""

    def __missing__(self, language: str) -> Frequencies:
        found = self[language] = Frequencies(ENOUGH if function_words(language) else FEW)
        return found


def weight_at(at: datetime) -> float:
    """What an article of this time (UTC) counts: twice as much as one a half-life before."""
    return float(2.0 ** ((at - _EPOCH) / HALF_LIFE))
