"""How well the pipeline's stories agree with stories that people labelled: see bench/README.md.

    .venv/bin/python -m bench.stories DATA [CORPUS …]

DATA holds `ecbplus`, `basil`, `uci` and `semeval22` as `NAME.jsonl.gz`, or any of them; every other file of JSON
lines there (`.json`, `.jsonl`, also gzipped) is read if its articles have a label, as those of Miranda et al. 2018
and OG2021 have. B-cubed precision, recall and F1 (Bagga and Baldwin 1998) a corpus of stories; average precision a
language pair of SemEval-2022 task 8, where people called two articles one story (Overall at most 2).
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from bench.stories import adapter, labelled

PAIRS = "semeval22"
SAME_STORY = 2.0


def main() -> None:
    """Print a line a corpus."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("data", type=Path)
    asked.add_argument("corpora", nargs="*", metavar="CORPUS")
    options = asked.parse_args()
    for path in labelled.files(options.data, options.corpora):
        rows = labelled.rows(path)
        if labelled.name(path) == PAIRS:
            _print_pairs(rows)
        elif articles := labelled.articles(rows):
            _print_stories(labelled.name(path), articles)


def _print_stories(corpus: str, articles: Sequence[labelled.Labelled]) -> None:
    started = time.process_time()
    found = adapter.stories([one.row for one in articles])
    cpu_ms = 1000 * (time.process_time() - started) / len(articles)
    gold = [one.label for one in articles]
    precision, recall, f1 = b_cubed(gold, found)
    counts = f"{len(articles):5} articles, {len(set(gold))} stories, {len(set(found))} found"
    print(f"{corpus:10} {counts}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({cpu_ms:.2f} ms CPU an article)")


def _print_pairs(rows: Iterable[labelled.Row]) -> None:
    rows = list(rows)
    scores = adapter.likenesses([(labelled.side(row, "1"), labelled.side(row, "2")) for row in rows])
    groups: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        languages = "-".join(sorted({str(row["lang1"]), str(row["lang2"])}))
        groups[languages].append((score, float(str(row["overall"])) <= SAME_STORY))
    told = {languages: average_precision(pairs) for languages, pairs in sorted(groups.items())}
    for languages, precision in told.items():
        print(f"{languages:10} {len(groups[languages]):5} pairs: AP {precision:.3f}")
    within = [precision for languages, precision in told.items() if "-" not in languages]
    across = [precision for languages, precision in told.items() if "-" in languages]
    for kind, precisions in (("languages", within), ("language pairs", across)):
        if precisions:
            print(f"mean of {len(precisions)} {kind}: AP {mean(precisions):.3f}")


def b_cubed(gold: Sequence[object], found: Sequence[object]) -> tuple[float, float, float]:
    """Precision, recall and F1, each the mean over the articles."""
    both = Counter(zip(gold, found, strict=True))
    golds, founds = Counter(gold), Counter(found)
    precision = sum(number * number / founds[label] for (_, label), number in both.items()) / len(gold)
    recall = sum(number * number / golds[label] for (label, _), number in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def average_precision(scored: Iterable[tuple[float, bool]]) -> float:
    """The mean precision at each true pair, highest score first; 0 without one."""
    hits, total = 0, 0.0
    for place, (_, is_true) in enumerate(sorted(scored, key=lambda pair: -pair[0]), 1):
        if is_true:
            hits += 1
            total += hits / place
    return total / hits if hits else 0.0


if __name__ == "__main__":
    main()
