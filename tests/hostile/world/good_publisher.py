"""The good publisher: 25 short articles of our own, each in other words, on a host of their own."""

from collections.abc import Mapping
from itertools import product

from tests.support.sites.raw_site import Behaviour, answer

HOST = "good.test"
ARTICLES = 25
HTML = "Content-Type: text/html; charset=utf-8"
_PLACES = ("Ashby", "Brackwater", "Calder Mill", "Dunmore", "Eastfold")
_SUBJECTS = (
    (
        "library",
        "opens its reading room in the evening",
        "readers asked for later hours",
        "The shelves were moved twice",
    ),
    (
        "ferry",
        "returns to the winter timetable",
        "ice closed the northern pier",
        "Crews practised the crossing at night",
    ),
    ("orchard", "sends its first pears to market", "frost spared the lower slopes", "Pickers counted ninety crates"),
    ("bridge", "closes for repairs on Monday", "an inspector found loose rivets", "Carts will go round by the weir"),
    ("school", "builds a weather station", "pupils wrote to the council", "The vane came from an old barn"),
)


def prose(number: int) -> tuple[str, ...]:
    """Four paragraphs on one of 25 subjects; no two numbers below 25 share a sentence."""
    place, (subject, does, why, aside) = list(product(_PLACES, _SUBJECTS))[number % ARTICLES]
    return (
        f"The {subject} of {place} {does}, the town said in note {number} of this season.",
        f"It comes after {why} near {place}, where {number + 3} families signed the same letter last spring.",
        f"{aside}, and {place} paid {number * 40 + 120} crowns for the work, less than the mayor had feared.",
        f"A meeting about the {subject} follows at the hall of {place}; chair {number + 1} is for visitors.",
    )


def headline(number: int) -> str:
    """The title of that article."""
    place, (subject, does, *_) = list(product(_PLACES, _SUBJECTS))[number % ARTICLES]
    return f"{place} {subject} {does}"


def article_html(number: int = 0, title: str | None = None, head: str = "", foot: str = "") -> bytes:
    """A whole article page, UTF-8; `head` goes into its head, `foot` behind its text, as they are."""
    shown = title if title is not None else headline(number)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose(number))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{shown}</title>{head}</head>'
        f"<body><article><h1>{shown}</h1>{text}{foot}</article></body></html>"
    ).encode()


def pages() -> Mapping[str, Behaviour]:
    """The publisher's site, by host and path."""
    items = "".join(
        f"<item><title>{headline(n)}</title><link>http://{HOST}/story/{n}</link><guid>good-{n}</guid></item>"
        for n in range(ARTICLES)
    )
    feed = f'<rss version="2.0"><channel><title>The Good Publisher</title>{items}</channel></rss>'.encode()
    stories: dict[str, Behaviour] = {f"{HOST}/story/{n}": answer(article_html(n), HTML) for n in range(ARTICLES)}
    return stories | {f"{HOST}/feed": answer(feed, "Content-Type: application/rss+xml")}
