"""fundus's own way through a news crawl's file; runs in an environment of its own, and imports nothing of ours.

PYTHON bench/backfill_fundus.py FILE PAGES [language]

It reads only publishers that it has a parser for, so each host of the generated file gets one here, written with
fundus's public classes: title, authors and date from JSON-LD, paragraphs below the article element. Its reader asks
a server for a month's listing and its files: one on loopback plays Common Crawl. It finds the language of an article
when that is asked for, which `language` does: a row of ours has it.
"""

import contextlib
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from fundus import CCNewsCrawler, Requires  # type: ignore[import-not-found]  # of the peer's environment
from fundus.parser import ArticleBody, BaseParser, Image, ParserProxy, attribute  # type: ignore[import-not-found]
from fundus.parser.utility import (  # type: ignore[import-not-found]
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
    generic_topic_parsing,
    image_extraction,
)
from fundus.publishers.base_objects import Publisher, PublisherGroup  # type: ignore[import-not-found]
from fundus.scraping.url import RSSFeed  # type: ignore[import-not-found]
from lxml.etree import XPath

OUTLETS = 40
MONTH = datetime(2026, 11, 1)  # noqa: DTZ001  fundus takes bare ones
NAME = "CC-NEWS-20261101000000-00000.warc.gz"


class OutletParser(ParserProxy):  # type: ignore[misc]  # untyped
    """The generated outlets' pages, in the form in which fundus declares a publisher's."""

    class V1(BaseParser):  # type: ignore[misc]  # untyped
        """The only form there is."""

        _paragraphs = XPath("//article//p[not(@class)]")

        @attribute  # type: ignore[untyped-decorator]
        def body(self) -> ArticleBody | None:
            """The text."""
            return extract_article_body_with_selector(self.precomputed.doc, paragraph_selector=self._paragraphs)

        @attribute  # type: ignore[untyped-decorator]
        def authors(self) -> list[str]:
            """The people."""
            return list(generic_author_parsing(self.precomputed.ld.bf_search("author")))

        @attribute  # type: ignore[untyped-decorator]
        def publishing_date(self) -> datetime | None:
            """The date."""
            found: datetime | None = generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))
            return found

        @attribute  # type: ignore[untyped-decorator]
        def title(self) -> str | None:
            """The headline."""
            found: str | None = self.precomputed.ld.bf_search("headline")
            return found

        @attribute  # type: ignore[untyped-decorator]
        def topics(self) -> list[str]:
            """The keywords; 137 of fundus 0.5.7's 174 parsers have them."""
            return list(generic_topic_parsing(self.precomputed.meta.get("keywords")))

        @attribute  # type: ignore[untyped-decorator]
        def images(self) -> list[Image]:
            """Those of the article; 164 of the 174 have them."""
            return list(image_extraction(doc=self.precomputed.doc, paragraph_selector=self._paragraphs))


def outlets() -> Any:
    """A group of publishers, one a host of the generated file."""
    publishers = {
        f"Outlet{number}": Publisher(
            name=f"Outlet {number}",
            domain=f"https://www.outlet{number}.example/",
            parser=OutletParser,
            sources=[RSSFeed(f"https://www.outlet{number}.example/feed", languages={"en"})],
        )
        for number in range(OUTLETS)
    }
    return PublisherGroup("Outlets", (), {"default_language": "en"} | publishers)


@contextlib.contextmanager
def served(file: Path, folder: Path) -> Iterator[str]:
    """The file behind HTTP on loopback, where a crawl has it; gives the address."""
    month = folder / "crawl-data" / "CC-NEWS" / f"{MONTH:%Y/%m}"
    month.mkdir(parents=True)
    os.symlink(file.resolve(), month / NAME)
    (month / "warc.paths.gz").write_bytes(gzip.compress(str((month / NAME).relative_to(folder)).encode()))
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout
    port = re.findall(r"port (\d+)", server.stdout.readline())[0]
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def main(path: str, pages: int, has_language: bool) -> None:
    """Crawl the file, which has so many pages, to its end."""
    warnings.simplefilter("ignore")
    group = outlets()
    with tempfile.TemporaryDirectory() as folder, served(Path(path), Path(folder)) as address:
        began = time.perf_counter()
        crawler = CCNewsCrawler(group, start=MONTH, processes=0, disable_tqdm=True, server_address=address)
        found = crawler.crawl(max_articles=pages + 1, only_complete=Requires("title", "body"), only_unique=False)
        articles = sum(1 for each in found if not has_language or each.lang)
        seconds = time.perf_counter() - began
    print(json.dumps({"articles": articles, "seconds": seconds}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), "language" in sys.argv)
