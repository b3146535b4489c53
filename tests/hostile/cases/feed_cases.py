"""Cases of one feed: its builders, and what their checks ask of a run."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.hostile.world.good_publisher import article_html
from tests.hostile.world.harness import Case, CaseResult, Reasons
from tests.support.sites.raw_site import Behaviour, answer

RSS = "Content-Type: application/rss+xml"
HTML = "Content-Type: text/html; charset=utf-8"
XML_START = '<?xml version="1.0" encoding="UTF-8"?>'
EIGHT = "Fri, 20 Nov 2026 08:00:00 GMT"
Body = str | bytes | Callable[[], str]


def item(link: str = "/a", inside: str = "", title: str = "Title", date: str = EIGHT) -> str:
    """An RSS item."""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{inside}</item>"


def rss(*items: str, head: str = "", start: str = XML_START, end: str = "</channel></rss>") -> str:
    """An RSS feed."""
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    return f'{start}<rss version="2.0" {names}><channel><title>Paper</title>{head}{"".join(items)}{end}'


def served(body: Body, *headers: str) -> Behaviour:
    """The answer with the body; one that is large is a function, made when it is asked for."""
    if callable(body):
        return lambda visit: visit.send(served_bytes(body(), *headers))
    return served_bytes(body, *headers)


def served_bytes(body: str | bytes, *headers: str) -> bytes:
    """The whole answer."""
    return answer(body.encode() if isinstance(body, str) else body, *headers)


def feed_case(
    id_: str,
    says: str,
    body: Body,
    reason: Reasons = "ok",
    loaded: tuple[str, ...] = ("/a",),
    *headers: str,
    others: Mapping[str, Reasons] | None = None,
    check: Callable[[CaseResult], None] | None = None,
    is_slow: bool = False,
    language: str = "en",
) -> Case:
    """A case of one feed; the `loaded` paths are articles that must come of it, `others` end otherwise."""
    articles = {path: answer(article_html(place), HTML) for place, path in enumerate(loaded)}
    return Case(
        id=id_,
        says=says,
        pages={"/feed": served(body, *(headers or (RSS,)))} | articles,
        outcomes={"/feed": reason} | dict.fromkeys(loaded, "loaded") | dict(others or {}),
        rows=len(loaded),
        check=check,
        is_slow=is_slow,
        seconds=40.0 if is_slow else 12.0,
        language=language,
    )


def refused_case(id_: str, says: str, body: Body, reason: Reasons, *headers: str, is_slow: bool = False) -> Case:
    """A case of a feed that gives nothing but its reason."""
    return feed_case(id_, says, body, reason, (), *headers, is_slow=is_slow)


def state(result: CaseResult) -> dict[str, Any]:
    """What the first run observed of the feed."""
    rows = result.ask(
        f"FROM ops.feed_states WHERE source = '{result.source}' AND run_id = '{result.run_id}' AND kind = 'feed'"
    )
    return rows[0]


def drops(count: int) -> Callable[[CaseResult], None]:
    """That the feed's state counts the dropped entries."""

    def check(result: CaseResult) -> None:
        assert state(result)["entries_dropped"] == count

    return check


def notes(words: str) -> Callable[[CaseResult], None]:
    """That the feed's outcome says so."""

    def check(result: CaseResult) -> None:
        assert words in (result.details()["/feed"] or "")

    return check


def asks_only(*paths: str) -> Callable[[CaseResult], None]:
    """That nothing was asked of the host but these, robots.txt and the file of reservations, in both runs."""

    def check(result: CaseResult) -> None:
        rows = result.ask(f"SELECT DISTINCT url FROM ops.requests WHERE source = '{result.source}'")
        asked = {row["url"].removeprefix(result.base) for row in rows}
        assert asked <= {"/robots.txt", "/.well-known/tdmrep.json", *paths}

    return check
