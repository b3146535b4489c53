"""A home with articles to be served, some of whose texts are hostile."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from schemas.items.article import Article
from schemas.items.capture import Capture
from schemas.settings import Settings
from tests.support.warehouse.batch_samples import NOON, article, batch, capture
from tests.support.warehouse.loading import load_batch
from tests.support.warehouse.places import url_of
from tests.support.warehouse.reading import published
from warehouse.database.connection import Warehouse
from warehouse.tables.migrate import migrate

WORDS = (
    "The harbour master closed the quay on Monday because a storm came in from the north, and two ferries stayed.",
    "Two bakers of the harbour master's street share an oven since their roofs were lifted by the wind.",
    "Asked by pupils, the harbour master counts seals: forty and two more than a year before, most of them young.",
)
HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</title></style></textarea><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "]]><script>",
    "\u202egnihtemos",
    "&lt;script&gt;",
)
"""Texts that are alive where a page, a feed or a template takes them for more than texts."""
HARMLESS = "A plain text"


def served_home(home: Path, text: str = HARMLESS) -> Settings:
    """Settings of a new home with three articles, the first in two versions; `text` stands in every field that a
    publisher fills."""
    with Warehouse(url_of(home)) as warehouse:
        migrate(warehouse, NOON)
        for number, (name, at) in enumerate((("run-1", NOON), ("run-2", NOON + timedelta(hours=2)))):
            pages = [f"https://harbour.example/{page}" for page in (range(1, 4) if number == 0 else [1])]
            captures = [capture(url, at + timedelta(minutes=place), name) for place, url in enumerate(pages)]
            articles = [
                _full(one, text, f" {place}", WORDS[place], WORDS[place].replace("two", "three" if number else "two"))
                for place, one in enumerate(captures)
            ]
            load_batch(
                warehouse, batch(list(zip(articles, captures, strict=True)), name, run_id=name), datetime.now(UTC)
            )
        published(warehouse)
    return Settings(home=home)


def _full(of: Capture, text: str, behind: str, first: str, second: str) -> Article:
    """An article with `text` in every field that a publisher fills."""
    return article(
        of,
        f"{first} {text}\n\n{text} {second}",
        title=f"Storm {text}{behind}",
        dek=f"{text} again",
        authors=(f"Ada {text}",),
        section=text,
        tags=(text, "storm"),
    )


def home_of_texts(home: Path, texts: Sequence[str]) -> Settings:
    """Settings of a new home with an article for each text, which stands in every field that a publisher fills."""
    with Warehouse(url_of(home)) as warehouse:
        migrate(warehouse, NOON)
        captures = [
            capture(f"https://harbour.example/{place}", NOON + timedelta(minutes=place), "run-1")
            for place in range(1, len(texts) + 1)
        ]
        articles = [_full(one, text, "", *WORDS[:2]) for one, text in zip(captures, texts, strict=True)]
        pairs = list(zip(articles, captures, strict=True))
        load_batch(warehouse, batch(pairs, "run-1", run_id="run-1"), datetime.now(UTC))
        published(warehouse)
    return Settings(home=home)


def pieces(texts: Sequence[str], length: int = 480) -> list[str]:
    """The texts, in as few pieces as hold at most so many characters each; longer ones are cut there."""
    made = [""]
    for text in texts:
        some = text.encode(errors="replace").decode()[:length]
        if len(made[-1]) + 1 + len(some) > length:
            made.append("")
        made[-1] = f"{made[-1]} {some}".strip()
    return made
