"""How many copies are found of texts that were made with a known answer: see bench/README.md.

    .venv/bin/python -m bench.copies DATA

DATA holds `reuters`, `basil` and `semeval22` as `NAME.jsonl.gz`. The same texts go through the MinHash of datasketch
and of rensa where they are installed (`pip install datasketch rensa`).
"""

import argparse
import importlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench.stories.copies_made import Made, made
from schemas.history.copies import SampledText
from tasks.pure.stories.copies import HOLDERS_AT_MOST, SHARED_AT_LEAST, Alike, alike
from tasks.pure.stories.families import families
from tasks.pure.stories.samples import sample
from tasks.pure.stories.words import is_pair, words
from tasks.pure.text.fingerprints import simhash

_AT = datetime(2026, 1, 1, tzinfo=UTC)
Pair = tuple[int, int]


class Found(NamedTuple):
    """The pairs of texts that are taken for copies, by their places, and the family of each text."""

    pairs: set[Pair]
    families: list[object]


def main() -> None:
    """Print a line a way, and how many copies of each kind ours finds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path)
    texts = made(asked.parse_args().data)
    languages = Counter(one.language for one in texts)
    print(f"{len(texts)} texts in {len(languages)} languages, {_pairs_of(one.family for one in texts)} true pairs")
    ways: dict[str, Callable[[Sequence[str]], Found]] = {
        "newsdesk": by_samples,
        "equal simhash": by_simhash,
        "datasketch, 128, 0.5": by_datasketch,
        "rensa, 256, 64 bands": by_rensa,
    }
    for name, way in ways.items():
        started = time.process_time()
        try:
            found = way([one.text for one in texts])
        except ImportError as missing:
            print(f"{name:22} not run: {missing}")
            continue
        cpu_ms = 1000 * (time.process_time() - started) / len(texts)
        print(f"{name:22} {_told(texts, found)}  {cpu_ms:.2f} ms CPU a text")
        if way is by_samples:
            _print_kinds(texts, found)


def by_samples(texts: Sequence[str]) -> Found:
    """The pipeline's rules, text after text in their order."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    known: list[SampledText] = []
    pairs: list[Alike] = []
    for place, text in enumerate(texts):
        its = sample(text)
        one = SampledText(UUID(int=place), 1, _AT, _AT, its.groups, its.hashes)
        known.append(one)
        shared: Counter[int] = Counter()
        for each in one.grams:
            if len(holders[each]) <= HOLDERS_AT_MOST:
                shared.update(holders[each])
            holders[each].append(place)
        near = ((known[other], number) for other, number in shared.items() if number >= SHARED_AT_LEAST)
        pairs += [pair for other, number in near if (pair := alike(one, other, number))]
    stored = families((one.later.article_id, one.earlier.article_id, one.contained) for one in pairs)
    labels: list[object] = [stored.get(UUID(int=place), UUID(int=place)) for place in range(len(texts))]
    found = {(one.earlier.article_id.int, one.later.article_id.int) for one in pairs}
    return Found({pair for pair in found if labels[pair[0]] == labels[pair[1]]}, labels)


def by_simhash(texts: Sequence[str]) -> Found:
    """Equal simhashes are one text."""
    labels: list[object] = [simhash(text) for text in texts]
    places: defaultdict[object, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        places[label].append(place)
    return Found({(one, other) for its in places.values() for one in its for other in its if one < other}, labels)


def by_datasketch(texts: Sequence[str]) -> Found:
    """MinHash with locality-sensitive hashing at a Jaccard similarity of .5, its default of 128 permutations."""
    peer: Any = importlib.import_module("datasketch")
    index = peer.MinHashLSH(threshold=0.5, num_perm=128)
    pairs: set[Pair] = set()
    for place, text in enumerate(texts):
        sketch = peer.MinHash(num_perm=128)
        sketch.update_batch([group.encode() for group in _groups(text)])
        pairs |= {(other, place) for other in index.query(sketch)}
        index.insert(place, sketch)
    return Found(pairs, _connected(len(texts), pairs))


def by_rensa(texts: Sequence[str]) -> Found:
    """MinHash of 256 permutations in 64 bands of four."""
    peer: Any = importlib.import_module("rensa")
    bands: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
    pairs: set[Pair] = set()
    for place, text in enumerate(texts):
        sketch = peer.RMinHash(num_perm=256, seed=42)
        sketch.update(sorted(_groups(text)))
        digest = sketch.digest()
        for band in range(64):
            key = (band, *digest[4 * band : 4 * band + 4])
            pairs |= {(other, place) for other in bands[key]}
            bands[key].append(place)
    return Found(pairs, _connected(len(texts), pairs))


def _groups(text: str) -> set[str]:
    its = words(text)
    size = 4 if 2 * sum(map(is_pair, its)) > len(its) else 5
    return {" ".join(its[place : place + size]) for place in range(max(1, len(its) - size + 1))}


def _connected(number: int, pairs: Iterable[Pair]) -> list[object]:
    parents = list(range(number))

    def top(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    for one, other in pairs:
        parents[top(one)] = top(other)
    return [top(place) for place in range(number)]


def _told(texts: Sequence[Made], found: Found) -> str:
    gold = [one.family for one in texts]
    right = sum(gold[one] == gold[other] for one, other in found.pairs)
    precision, recall = right / max(1, len(found.pairs)), right / _pairs_of(gold)
    hits = [hit for hits in _hits(texts, found).values() for hit in hits]
    return (
        f"pairs P {precision:.3f} R {recall:.3f}  ARI {adjusted_rand(gold, found.families):.3f}"
        f"  copies found {sum(hits) / len(hits):.3f}"
    )


def _print_kinds(texts: Sequence[Made], found: Found) -> None:
    for kind, hits in sorted(_hits(texts, found).items()):
        print(f"    {kind:40} {sum(hits) / len(hits):.3f} of {len(hits)}")


def _hits(texts: Sequence[Made], found: Found) -> dict[str, list[bool]]:
    """By kind of edit, whether each copy is in the family of its original."""
    originals = {one.family: place for place, one in enumerate(texts) if one.kind == "original"}
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    for place, one in enumerate(texts):
        if one.kind not in ("original", "single"):
            hits[one.kind].append(found.families[place] == found.families[originals[one.family]])
    return hits


def adjusted_rand(gold: Sequence[object], found: Sequence[object]) -> float:
    """The adjusted Rand index of two labellings (Hubert and Arabie 1985): 1 for equal ones, 0 for chance."""
    both = _pairs_of(zip(gold, found, strict=True))
    golds, founds = _pairs_of(gold), _pairs_of(found)
    by_chance = golds * founds / (len(gold) * (len(gold) - 1) / 2)
    return (both - by_chance) / ((golds + founds) / 2 - by_chance)


def _pairs_of(labels: Iterable[object]) -> int:
    """Pairs of places with one label."""
    return sum(number * (number - 1) // 2 for number in Counter(labels).values())


if __name__ == "__main__":
    main()
