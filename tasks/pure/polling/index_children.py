"""Which of the sitemaps that an index names are asked on one visit to a source, and what is left for later."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.items.outcome import Refusal
from schemas.runs.ledger import FeedState

DEPTH_AT_MOST = 3
PLACES_AT_MOST = 500
"""docs/explanation/hostile-web.md F01: levels of indexes below the first, and places that one visit asks."""


class Children(NamedTuple):
    """`urls`: the sitemaps to look at on this visit, newest first. `left`: how many are not; `note` says why, as a
    sentence (None: none are left)."""

    urls: tuple[str, ...]
    left: int = 0
    note: str | None = None


@dataclass
class Visit:
    """One visit to a source: the places so far (`seen`), how many of them it asks (`asked`), and by URL what earlier
    visits learned (`states`). `is_due`: whether this visit asks a place."""

    states: Mapping[str, FeedState]
    is_due: Callable[[str], bool]
    seen: set[str]
    asked: int
    _named: dict[str, list[str]] = field(default_factory=dict)

    def known(self, index: str) -> Sequence[str]:
        """The sitemaps of the index that earlier visits asked."""
        if not self._named:
            for state in self.states.values():
                self._named.setdefault(state.named_by or "", []).append(state.url)
        return self._named.get(index, ())

    def take(self, depth: int, listed: Iterable[str]) -> Children:
        """The sitemaps of an index, `depth` levels below the first, that are looked at, each once a visit: those to
        ask, as far as there is room, and those that are not due, which may name others that are."""
        fresh = [url for url in dict.fromkeys(listed) if url not in self.seen]
        if depth >= DEPTH_AT_MOST:
            note = f"its sitemaps are more than {DEPTH_AT_MOST} levels of indexes down: {len(fresh)} are not read"
            return Children((), len(fresh), note if fresh else None)
        due = [url for url in fresh if self.is_due(url)]
        asked = for_one_visit(due, self.states.keys(), PLACES_AT_MOST - self.asked)
        self.asked += len(asked)
        left = set(due).difference(asked)
        urls = tuple(url for url in fresh if url not in left)
        self.seen.update(urls)
        note = f"asks {len(asked)} of its sitemaps on this visit, newest first; {len(left)} are left for later visits"
        return Children(urls, len(left), note if left else None)


def for_one_visit(due: Sequence[str], asked_before: Collection[str], room: int) -> Collection[str]:
    """The sitemaps of one visit, of those that are due (newest first): all where there is `room`. Else one half of
    the room, or more where the other half is not needed, is for sitemaps that were never asked, so that an archive
    of many is read over days while its newest sitemaps are still polled."""
    if len(due) <= room:
        return due
    again = [url for url in due if url in asked_before]
    unasked = [url for url in due if url not in asked_before]
    taken = min(len(unasked), max(room - len(again), (room + 1) // 2, 0))
    return [*unasked[:taken], *again[: max(room - taken, 0)]]


def with_note(refusal: Refusal, note: str | None) -> Refusal:
    """The refusal whose detail says the note too."""
    detail = "; ".join(text for text in (refusal.detail, note) if text)
    return refusal.model_copy(update={"detail": detail or None})
