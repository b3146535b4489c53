"""Section B of the hostile site: compression.

Decided where the specification leaves a choice: a plain body that says gzip is `bad_encoding`, a gzip body
that says plain is read, once, and noted (B08); a bomb of a sitemap is `too_large` where the header tells of
gzip, and read up to 50 MiB where the name alone does (B12).
"""

import gzip
import zlib

from tests.hostile.cases.cases_a import TYPED, about_page, cut, endless, noted
from tests.hostile.world.good_publisher import HTML, article_html
from tests.hostile.world.harness import OWN_FEED, Case, CaseResult
from tests.support.sites.raw_site import Behaviour, answer

MIB = 1024 * 1024
ERROR_BODY_BYTES = 64 * 1024
PAGE = article_html(1)
ZIPPED = gzip.compress(PAGE, mtime=0)
SAYS_GZIP = "Content-Encoding: gzip"


def gigabyte(start: bytes = b"", fill: bytes = b"\0") -> bytes:
    """A gzip of 1 MB that holds the start and then 1 GiB of the byte: one block, a thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(fill * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * 1024 + packer.flush()


BOMB = gigabyte()


def says(coding: str, body: bytes = ZIPPED) -> bytes:
    """An answer of that content coding."""
    return answer(body, HTML, f"Content-Encoding: {coding}")


def leads_on(body: bytes, *headers: str) -> bytes:
    """A redirect to the page with a body of its own."""
    return answer(body, "Location: /whole", *headers, status="302 Found")


def unread(result: CaseResult) -> None:
    """Nothing of the redirect's body was read, and nothing of it is kept."""
    hop, page = result.requests("/page")[0], result.requests("/whole")[0]
    assert (hop["status"], hop["wire_bytes"], hop["body_bytes"]) == (302, None, None)
    assert page["body_bytes"] == len(PAGE)
    assert [record.body for record in result.records("/page")] == [b"", PAGE]


def capped(result: CaseResult) -> None:
    """Of the error's body no more is kept than 64 KiB."""
    assert [len(record.body) for record in result.records("/page")] == [ERROR_BODY_BYTES]


def redirected(id_: str, says_: str, hop: Behaviour) -> Case:
    """A case about the body of a redirect to a good page."""
    return Case(
        id=id_,
        says=says_,
        pages={"/page": hop, "/whole": answer(PAGE, HTML)},
        outcomes={"/page": "loaded"},
        feed=None,
        articles=("/page",),
        rows=1,
        captures=3,
        seconds=8.0,
        memory_mb=60,
        check=unread,
    )


def listed(id_: str, says_: str, sitemap: Behaviour, reason: str, rows: int) -> Case:
    """A case about a sitemap that names one page."""
    return Case(
        id=id_,
        says=says_,
        pages={"/sitemap.xml.gz": sitemap, "/page": answer(PAGE, HTML)},
        outcomes={"/sitemap.xml.gz": reason, OWN_FEED: "empty_feed"} | ({"/page": "loaded"} if rows else {}),
        feed=None,
        sitemaps=("/sitemap.xml.gz",),
        rows=rows,
        captures=2 + rows,
    )


def sitemap(host: str) -> bytes:
    """A sitemap of one page, without its end."""
    return (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"<url><loc>http://{host}/page</loc></url>"
    ).encode()


GZ = "Content-Type: application/x-gzip"
XML = "Content-Type: application/xml"
END = b"</urlset>"
BOMBS = (
    about_page(
        "B01",
        "sends 1 MB of gzip that holds 1 GiB: too_large",
        says("gzip", BOMB),
        "too_large",
        cut("length"),
        captures=1,
        memory_mb=100,
    ),
    about_page(
        "B01-members",
        "sends gzip members for ever, empty ones: too_large",
        endless(TYPED + SAYS_GZIP.encode() + b"\r\n\r\n", gzip.compress(b"") * 1000),
        "too_large",
        captures=1,
        memory_mb=100,
    ),
    about_page(
        "B01-deflate",
        "sends the bomb as deflate: too_large",
        says("deflate", zlib.compress(bytes(32 * MIB), 9)),
        "too_large",
        captures=1,
        memory_mb=100,
    ),
    about_page(
        "B02",
        "sends a bomb zipped twice: bad_encoding",
        says("gzip, gzip", gzip.compress(BOMB)),
        "bad_encoding",
        captures=1,
    ),
    about_page(
        "B02-200", "names gzip 200 times: bad_encoding", says(", ".join(["gzip"] * 200)), "bad_encoding", captures=1
    ),
    about_page(
        "B02-headers",
        "names gzip in two headers: bad_encoding",
        answer(ZIPPED, HTML, SAYS_GZIP, SAYS_GZIP),
        "bad_encoding",
        captures=1,
    ),
    about_page(
        "B03",
        "sends brotli that nobody asked for: bad_encoding",
        says("br", b"\x5b\xff\xff\xbf\x01\xc0\x02" * 5),
        "bad_encoding",
        captures=1,
    ),
    about_page(
        "B04",
        "sends zstd that nobody asked for: bad_encoding",
        says("zstd", b"\x28\xb5\x2f\xfd" * 8),
        "bad_encoding",
        captures=1,
    ),
    redirected("B05", "sends a bomb as the body of a redirect: followed, unread", leads_on(BOMB, SAYS_GZIP)),
    redirected(
        "B06",
        "sends a redirect's body for ever: followed, unread",
        endless(b"HTTP/1.1 302 Found\r\nLocation: /whole\r\n\r\n", b"x" * 65536),
    ),
    *(
        about_page(
            f"B07-{status[:3]}",
            f"sends a bomb with status {status}: {reason}, 64 KiB of it kept",
            answer(BOMB, HTML, SAYS_GZIP, status=status),
            reason,
            capped,
            captures=1,
            memory_mb=60,
            seconds=9.0,
        )
        for status, reason in (
            ("404 Not Found", "http_error"),
            ("500 Internal Server Error", "http_error"),
            ("429 Too Many Requests", "rate_limited"),
        )
    ),
)
LIES = (
    about_page("B08", "says gzip and is plain: bad_encoding", says("gzip", PAGE), "bad_encoding", captures=1),
    about_page(
        "B08-silent", "says plain and is gzip: read, and noted", answer(ZIPPED, HTML), "loaded", noted("gzip, though")
    ),
    about_page(
        "B08-bomb", "says plain and is a bomb: too_large", answer(BOMB, HTML), "too_large", captures=1, memory_mb=100
    ),
    about_page(
        "B09",
        "cuts its gzip: incomplete_body",
        says("gzip", ZIPPED[:-20]),
        "incomplete_body",
        cut("disconnect"),
        captures=1,
    ),
    about_page(
        "B09-crc",
        "sends gzip with a wrong check sum: incomplete_body",
        says("gzip", ZIPPED[:-8] + b"\0\0\0\0" + ZIPPED[-4:]),
        "incomplete_body",
        captures=1,
    ),
    about_page(
        "B09-trailer",
        "sends gzip without its trailer: incomplete_body",
        says("gzip", ZIPPED[:-8]),
        "incomplete_body",
        captures=1,
    ),
    about_page(
        "B09-garbage",
        "appends garbage to its gzip: read, and noted",
        says("gzip", ZIPPED + b"<!-- cache -->"),
        "loaded",
        noted("behind the end of the coding"),
    ),
    about_page(
        "B09-members",
        "sends gzip in two members: both are read",
        says("gzip", gzip.compress(PAGE[:500]) + gzip.compress(PAGE[500:])),
        "loaded",
    ),
    *(
        about_page(
            f"B10-{name}",
            f"names the coding {coding!r}: bad_encoding",
            says(coding, PAGE),
            "bad_encoding",
            captures=1,
        )
        for name, coding in {"snappy": "snappy", "commas": ",,", "trailing": "gzip,", "star": "*"}.items()
    ),
    about_page("B10-identity", "names the coding identity: none at all", says("identity", PAGE), "loaded"),
    about_page("B11", "sends deflate with zlib's header: read", says("deflate", zlib.compress(PAGE)), "loaded"),
    about_page("B11-raw", "sends deflate without: read", says("deflate", zlib.compress(PAGE)[2:-4]), "loaded"),
)
SITEMAPS = (
    listed(
        "B12",
        "has a sitemap.xml.gz that holds a bomb behind a page: its first 50 MiB count",
        answer(gigabyte(sitemap("b12.test"), b" "), GZ),
        "ok",
        1,
    ),
    listed(
        "B12-zeros",
        "has a sitemap.xml.gz that is nothing but a bomb: empty_body, for it holds nothing",
        answer(BOMB, GZ),
        "empty_body",
        0,
    ),
    listed(
        "B12-coded",
        "has a sitemap whose content coding is a bomb: too_large",
        answer(BOMB, XML, SAYS_GZIP),
        "too_large",
        0,
    ),
    listed(
        "B12-plain",
        "has a sitemap.xml.gz that is plain XML: read",
        answer(sitemap("b12-plain.test") + END, GZ),
        "ok",
        1,
    ),
    listed(
        "B12-comment",
        "appends a plain comment to the gzip of its sitemap: the rest is read",
        answer(gzip.compress(sitemap("b12-comment.test") + END) + b"<!-- cached -->", GZ),
        "ok",
        1,
    ),
    listed(
        "B12-cut",
        "cuts the gzip of its sitemap: what came before counts",
        answer(gzip.compress(sitemap("b12-cut.test") + END)[:-12], GZ),
        "ok",
        1,
    ),
)
CASES: tuple[Case, ...] = (*BOMBS, *LIES, *SITEMAPS)
