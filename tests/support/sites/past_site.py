"""The past on loopback: a Wayback Machine, a news crawl and a publisher's old pages, on one raw site."""

import gzip
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

import orjson

from tests.support.sites.raw_site import NOT_FOUND, RawSite, Visit, answer

CDX_NOTICE = b"<html><body>Down for maintenance</body></html>"


class PastSite(RawSite):
    """`bodies` by URL, as they were at `at`; at `earlier`, where given, their paragraphs began otherwise. `crawl` are
    WARC files by name; `is_down`: the CDX answers with a notice; `torn_at`: the
    byte behind which WARC files cannot be had."""

    def __init__(self, bodies: Mapping[str, bytes], at: datetime, crawl: Mapping[str, bytes]) -> None:
        super().__init__({"*": self.serve})
        self.bodies = bodies
        self.at = at
        self.crawl = dict(crawl)
        self.is_down = False
        self.torn_at: int | None = None
        self.earlier: datetime | None = None

    @property
    def base(self) -> str:
        """What the settings name as the base URL."""
        return f"http://{self.address}"

    def serve(self, visit: Visit) -> None:
        """Answers as Wayback's and Common Crawl's servers do."""
        path = urlsplit(visit.path).path
        if path == "/cdx/search/cdx":
            visit.send(self._cdx(visit))
        elif found := re.fullmatch(r"/web/(\d{14})id_/(.+)", visit.path):
            body = self.bodies.get(found[2])
            if body and found[1] != f"{self.at:%Y%m%d%H%M%S}":
                body = body.replace(b"<p>", b"<p>Earlier we said: ")
            visit.send(answer(body, "Content-Type: text/html; charset=utf-8") if body else NOT_FOUND)
        elif path.endswith("/warc.paths.gz"):
            month = path.removesuffix("warc.paths.gz").lstrip("/")
            lines = [name for name in sorted(self.crawl) if name.startswith(month)]
            visit.send(answer(gzip.compress("\n".join(lines).encode())) if lines else NOT_FOUND)
        elif path.lstrip("/") in self.crawl:
            visit.send(NOT_FOUND if self._is_torn(visit) else ranged(visit, self.crawl[path.lstrip("/")]))
        else:
            visit.send(NOT_FOUND)

    def _is_torn(self, visit: Visit) -> bool:
        begin = re.search(rb"\r\nrange: bytes=(\d+)-", visit.request, re.IGNORECASE)
        return self.torn_at is not None and begin is not None and int(begin[1]) > self.torn_at

    def _cdx(self, visit: Visit) -> bytes:
        if self.is_down:
            return answer(CDX_NOTICE, "Content-Type: text/html")
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(visit.path).query).items()}
        stamps = [f"{at:%Y%m%d%H%M%S}" for at in (self.at, self.earlier) if at]
        stamp = next((stamp for stamp in stamps if asked["from"] <= stamp <= asked["to"]), None)
        if stamp is None:
            return answer(b"[]", "Content-Type: application/json")
        start = int(unquote(asked.get("resumeKey", "0")))
        its = [url for url in sorted(self.bodies) if urlsplit(url).hostname == asked["url"]]
        rows: list[list[str]] = [["timestamp", "original"], *([stamp, url] for url in its[start : start + 7])]
        rows += [[], [str(start + 7)]] if len(its) > start + 7 else []
        return answer(orjson.dumps(rows), "Content-Type: application/json")


def ranged(visit: Visit, body: bytes) -> bytes:
    """The bytes that the request asks for (RFC 9110, 14)."""
    total = f"Accept-Ranges: bytes\r\nContent-Length: {len(body)}\r\n"
    if visit.request.startswith(b"HEAD"):
        return f"HTTP/1.1 200 OK\r\n{total}\r\n".encode()
    asked = re.search(rb"\r\nrange: bytes=(\d+)-(\d*)", visit.request, re.IGNORECASE)
    if asked is None:
        return answer(body, "Accept-Ranges: bytes")
    first, last = int(asked[1]), min(int(asked[2]) if asked[2] else len(body) - 1, len(body) - 1)
    spoken = f"Content-Range: bytes {first}-{last}/{len(body)}"
    return answer(body[first : last + 1], spoken, status="206 Partial Content")
