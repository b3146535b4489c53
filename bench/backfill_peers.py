"""news-please's own way through a WARC file; runs in an environment of its own, and imports nothing of ours.

PYTHON bench/backfill_peers.py FILE PAGES
"""

import json
import sys
import time
from contextlib import suppress

from newsplease import NewsPlease  # type: ignore[import-not-found]  # of the peer's environment
from warcio.archiveiterator import ArchiveIterator


def main(path: str, pages: int) -> None:
    """Read so many pages, as its Common Crawl extractor does: warcio's records, `NewsPlease.from_warc` each."""
    began, articles = time.perf_counter(), 0
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response" and "html" in (record.http_headers.get_header("Content-Type") or ""):
                with suppress(ImportError):  # Arabic and Korean ask for packages that it does not bring.
                    articles += bool(NewsPlease.from_warc(record).maintext)
                pages -= 1
            if not pages:
                break
    seconds = time.perf_counter() - began
    print(json.dumps({"articles": articles, "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
