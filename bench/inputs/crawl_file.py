"""A WARC file as news crawls write them: one response a gzip member, bodies decoded. Every fourth page is a variant
of a page test, the others are generated."""

import gzip
import random
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path
from uuid import UUID

START = datetime(2026, 11, 1, tzinfo=UTC)
OUTLETS = 40
PAGES = Path(__file__).parents[2] / "tests" / "pages"
WORDS = (
    *("harbour", "ferry", "tide", "council", "bridge", "market", "school", "river", "winter", "budget", "vote"),
    *("train", "storm", "mayor", "library", "police", "farmer", "price", "station", "league", "coach", "museum"),
    *("hospital", "teacher", "court", "festival", "garden", "engine", "signal", "border", "quarter", "said"),
    *("after", "before", "the", "a", "of", "and", "in", "on", "that", "with", "for", "from", "when", "would"),
    *("has", "been", "more", "than", "people", "year", "week", "first"),
)


def write_crawl_file(path: Path, pages: int, seed: int = 1) -> int:
    """The bytes written. Every page is an article of its own; every tenth record is a request or no page."""
    dice = random.Random(seed)
    tested = [each.read_bytes() for each in sorted(PAGES.rglob("page.html"))]
    with path.open("wb") as file:
        for number in range(pages):
            if number % 4 == 0:
                body = variant(tested[number // 4 % len(tested)], number)
                file.write(_member(number, body, "text/html"))
            else:
                file.write(_member(number, page(dice, number), "text/html; charset=utf-8"))
            if number % 10 == 0:
                file.write(_member(pages + number, b'{"no": "page"}', "application/json"))
    return path.stat().st_size


def url(number: int) -> str:
    """Where the page stood."""
    return f"https://www.outlet{number % OUTLETS}.example/news/{START:%Y/%m/%d}/story-{number}"


def variant(tested: bytes, number: int) -> bytes:
    """A page test with a number in its title and behind its paragraphs: another article in the same dress."""
    titled = tested.replace(b"</title>", b" %d</title>" % number).replace(b"</h1>", b" %d</h1>" % number)
    return titled.replace(b"</p>", b" (%d)</p>" % number)


def page(dice: random.Random, number: int) -> bytes:
    """A page of some 80 kB, 15 kB compressed, as outlets serve them: head, navigation, scripts with hashes, article,
    related cards, footer."""
    title = sentence(dice, 8)
    at = START + timedelta(seconds=number * 17)
    text = "".join(f"<p>{' '.join(sentence(dice, 18) for _ in range(3))}</p>" for _ in range(14))
    cards = "".join(
        f'<div class="card"><a href="/news/r{n}"><img src="/i/{n}.jpg" alt=""><h3>{sentence(dice, 7)}</h3></a>'
        f"<p>{sentence(dice, 12)}</p></div>"
        for n in range(40)
    )
    menu = "".join(f'<li class="nav-item"><a href="/section/{n}">Section {n}</a></li>' for n in range(60))
    state = ",".join(f'{{"id":{n},"t":"{sentence(dice, 6)}","h":"{dice.getrandbits(288):072x}"}}' for n in range(250))
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Outlet</title>
<meta property="og:title" content="{title}"><link rel="canonical" href="{url(number)}">
<meta property="article:published_time" content="{at.isoformat()}"><style>.card{{margin:1em}}</style>
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{title}",
"datePublished":"{at.isoformat()}","author":{{"@type":"Person","name":"Ada Quay"}}}}</script></head><body>
<nav><ul>{menu}</ul></nav><script>window.state=[{state}]</script><main><article><h1>{title}</h1>
<p class="byline">By Ada Quay</p>{text}</article><aside class="related">{cards}</aside></main>
<footer><ul>{menu}</ul></footer></body></html>""".encode()


def sentence(dice: random.Random, words: int) -> str:
    """So many words, most of them common."""
    return " ".join(dice.choice(WORDS) for _ in range(words)).capitalize() + "."


def _member(number: int, body: bytes, media_type: str) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    at = START + timedelta(seconds=number * 19)
    digest = b32encode(sha1(http, usedforsecurity=False).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{UUID(int=number + 1)}>\r\n"
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {url(number)}\r\n"
        f"WARC-Block-Digest: sha1:{digest}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", 6, mtime=0)
