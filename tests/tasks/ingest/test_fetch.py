"""Fetching: what files of a host reserve is kept with each page, in the row and in the archive."""

from pathlib import Path

from tasks.archive.read import StoredCapture, read_back
from tests.support.newsrooms import ask
from tests.support.sites.papers import items, open_papers
from tests.support.sites.raw_site import answer

TDMREP = answer(b'[{"location": "/own/", "tdm-reservation": 1}]', "Content-Type: application/json")
ROBOTS = answer(b"User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n")
PAGES = {"/.well-known/tdmrep.json": TDMREP, "/robots.txt": ROBOTS}


def test_a_reserved_page_is_kept_with_its_evidence_and_not_loaded(tmp_path: Path) -> None:
    with open_papers(tmp_path / "home", {"one": [items("/own/a", "/b")]}, PAGES) as papers:
        ended = papers.ends(papers.run(), "one")
        asked = papers.site.asked.count("/.well-known/tdmrep.json")
        rows = ask(
            papers.settings,
            "SELECT url, policies, policy_evidence FROM main.captures WHERE kind = 'article' ORDER BY url",
        )
        loaded = ask(papers.settings, "SELECT url, policies FROM main.articles")
        archive = papers.settings.archive_path
        stored = {
            each.capture.url: each.capture.policies
            for path in archive.rglob("*-fetch.warc.gz")
            for each in read_back(path, path.relative_to(archive).as_posix())
            if isinstance(each, StoredCapture) and each.capture.kind == "article"
        }

    signal = "http://one.test/robots.txt: Content-Signal: search=yes, ai-train=no"
    assert ended == {"/own/a": "policy_denied", "/b": "loaded"}
    assert asked == 1
    assert rows == [
        {"url": "http://one.test/b", "policies": ["no-ai-train"], "policy_evidence": [signal]},
        {
            "url": "http://one.test/own/a",
            "policies": ["no-ai-train", "tdm-reservation"],
            "policy_evidence": [signal, "http://one.test/.well-known/tdmrep.json"],
        },
    ]
    assert loaded == [{"url": "http://one.test/b", "policies": ["no-ai-train"]}]
    assert stored == {row["url"]: tuple(row["policies"]) for row in rows}
