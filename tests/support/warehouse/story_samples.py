"""Samples: articles of several outlets about invented events, in batches."""

import random
from collections.abc import Sequence
from datetime import datetime

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.runs.batch import Batch
from tests.support.warehouse.batch_samples import NOON, article, batch, capture, hours

OUTLETS = ("harbour", "quay", "pier", "mole")
_LETTERS = "bcdfghjklmnprstvwz"


def told(event: int, outlet: int, at: datetime, shared: int = 26) -> tuple[Article, Capture]:
    """An article about the event, published shortly before that time. It has so many of the event's 30 words, and
    five of them in its headline."""
    dice = random.Random(1000 * event + outlet)
    its = _words(random.Random(event), 30)
    body = " ".join([*dice.sample(its, shared), *_words(dice, 8), *_words(random.Random(-1), 10)])
    source = OUTLETS[outlet % len(OUTLETS)]
    url = f"https://{source}.example/{event}-{outlet}"
    of = capture(url, at)
    of = of.model_copy(update={"link": of.link.model_copy(update={"source": source})})
    title = " ".join(dice.sample(its, 5)).capitalize()
    return article(of, body, title=title, published_at=at - hours(0.1), body_hash=f"{hash_of(url)}"), of


def hash_of(url: str) -> str:
    """64 hexadecimal digits that differ by URL."""
    return f"{random.Random(url).getrandbits(256):064x}"


def newsroom(events: int, outlets: int = 4, shared: int = 26) -> list[tuple[Article, Capture]]:
    """So many outlets tell of each event, within two days, in the order of fetching; `shared` as for `told`."""
    dice = random.Random(events)
    its = [
        told(event, outlet, NOON + hours(event % 24 + dice.random() * 20), shared)
        for event in range(events)
        for outlet in range(outlets)
    ]
    return sorted(its, key=lambda pair: pair[1].fetched_at)


def batches(articles: Sequence[tuple[Article, Capture]], size: int) -> list[Batch[Article]]:
    """The articles in batches, in their order."""
    return [
        batch(articles[start : start + size], f"{size} {start}", run_id=f"run-{size}-{start}")
        for start in range(0, len(articles), size)
    ]


def _words(dice: random.Random, number: int) -> list[str]:
    return ["".join(dice.choices(_LETTERS, k=6)) for _ in range(number)]
