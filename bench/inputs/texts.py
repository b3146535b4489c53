"""Synthetic articles: words by Zipf's law, 4.2 KB a body, the same for the same seed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np
import pyarrow as pa

from schemas.items.article import Article, ArticleVersion, Completeness
from schemas.items.capture import Capture, WarcPointer
from schemas.items.link import Link, Precision
from schemas.runs.batch import Batch, BatchLedger
from tasks.pure.stories.samples import sample
from warehouse.database.columns import arrow_rows

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = 50_000
WORDS_A_BODY = 650
"""4.2 KB: the median of the news pages that docs/explanation/warehouse.md measured."""


class Texts:
    """A language of `WORDS` invented words."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        letters = np.random.default_rng(0).integers(97, 123, size=(WORDS, 9))
        lengths = np.random.default_rng(1).integers(2, 10, size=WORDS)
        pairs = zip(letters, lengths, strict=True)
        self._words = np.array([bytes(word[:n].astype(np.uint8)).decode() for word, n in pairs], dtype=object)

    def body(self) -> str:
        """One body."""
        ranks = self._random.zipf(1.2, WORDS_A_BODY) % WORDS
        return " ".join(self._words[ranks])


def batches(count: int, size: int, start: int = 0, name: str = "bench", seed: int = 0) -> Iterator[Batch[Article]]:
    """So many batches of articles, numbered from `start` on; the same numbers are the same articles."""
    texts = Texts(seed)
    for number in range(count):
        first = start + number * size
        captures = tuple(_capture(each, f"{name}-{number}") for each in range(first, first + size))
        yield Batch[Article](
            batch_id=uuid5(NAMESPACE_URL, f"{name} {number}"),
            run_id=f"{name}-{number}",
            kept=tuple(_article(capture, texts.body()) for capture in captures),
            ledger=BatchLedger(captures=captures),
        )


def versions(batch: Batch[Article]) -> list[ArticleVersion]:
    """The rows of main.article_versions that a first load of the batch makes."""
    return [
        ArticleVersion(
            **{name: getattr(article, name) for name in Article.model_fields},
            version=1,
            run_id=batch.run_id,
            loaded_at=BEGIN,
        )
        for article in batch.kept
    ]


def _capture(number: int, run_id: str) -> Capture:
    url = f"https://outlet-{number % 50}.example/{number:08}"
    at = BEGIN + timedelta(seconds=20 * number)
    link = Link(url=url, source=f"outlet-{number % 50}", found_in="https://feed.example/", found_at=at)
    return Capture(
        capture_id=uuid5(NAMESPACE_URL, f"{url} {run_id}"),
        run_id=run_id,
        link=link,
        final_url=url,
        status=200,
        media_type="text/html",
        fetched_at=at,
        elapsed_s=0.2,
        body_bytes=60_000,
        warc=WarcPointer(file=f"2026/{number // 1000}.warc.gz", offset=number % 1000, length=9000, digest="sha256:A"),
    )


def _article(of: Capture, body: str) -> Article:
    """As a child process hands it over: with its sample."""
    hashed = sample(body)
    return Article(
        article_id=uuid5(NAMESPACE_URL, of.url),
        source=of.link.source,
        url=of.url,
        canonical_url=of.url,
        title=body[:60],
        body=body,
        published_at=of.fetched_at,
        published_precision=Precision.SECOND,
        language="en",
        completeness=Completeness.FULL,
        word_count=WORDS_A_BODY,
        body_hash=sha256(body.encode()).hexdigest(),
        extractor="bench",
        extractor_version="1",
        config_hash="0",
        capture_id=of.capture_id,
        fetched_at=of.fetched_at,
        text_groups=hashed.groups,
        text_hashes=tuple(hashed.hashes),
    )


def table(count: int, start: int, texts: Texts) -> pa.Table:
    """So many rows of main.article_versions at once, for filling: what differs between articles differs here."""
    (batch,) = batches(1, 1)
    alike = arrow_rows(ArticleVersion, versions(batch)).take([0] * count)
    numbers = range(start, start + count)
    bodies = [texts.body() for _ in numbers]
    urls = [f"https://outlet-{n % 50}.example/{n:08}" for n in numbers]
    times = [BEGIN + timedelta(seconds=20 * n) for n in numbers]
    columns: dict[str, Any] = {
        "article_id": [uuid5(NAMESPACE_URL, url) for url in urls],
        "capture_id": [uuid5(NAMESPACE_URL, f"{url} fill") for url in urls],
        "source": [f"outlet-{n % 50}" for n in numbers],
        "url": urls,
        "canonical_url": urls,
        "title": [body[:60] for body in bodies],
        "body": bodies,
        "body_hash": [sha256(body.encode()).hexdigest() for body in bodies],
        "published_at": times,
        "fetched_at": times,
    }
    for name, values in columns.items():
        field: Any = alike.schema.field(name)
        alike = alike.set_column(alike.schema.get_field_index(name), field, pa.array(values, field.type))
    return alike
