"""What a person asks of publishers by hand is on record like any run, and leaves nothing else."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.running.probes import check_sources, look_at, subscribe_to
from schemas.items.outcome import Reason
from schemas.settings import Settings
from schemas.sources.feed_check import Subscribed
from schemas.sources.source import Source
from tasks.pure.feeds.websub import subscription_of
from tests.support.newsrooms import ask
from tests.support.sites.raw_site import NOT_FOUND, Behaviour, RawSite, Visit, answer

FEED, CALLBACK, MASTER = "http://paper.test/feed", "https://desk.example/push", "a-long-master-secret"
SECRET = subscription_of(FEED, CALLBACK, MASTER).secret
RSS = """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Paper</title>
<atom:link rel="hub" href="http://hub.test/"/><item><title>Harbour wall</title><link>/1</link>
<pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate></item></channel></rss>"""
PAPER = Source(
    slug="paper", name="Paper", homepage="http://paper.test/", language="en", country="gb", feeds=(FEED,), pace_s=0.05
)


class Asked(NamedTuple):
    """A home in which a source was checked, looked at and subscribed to; `forms` is what the hub was sent."""

    settings: Settings
    forms: list[bytes]
    subscribed: tuple[Subscribed, ...]

    def sent(self, name: str) -> list[tuple[str, str, str, int]]:
        """Host, kind, reason and status of the requests of one probe, in order."""
        rows = ask(self.settings, f"FROM ops.requests WHERE run_id LIKE '{name}-%' ORDER BY sent_at")
        return [(row["host"], row["kind"], row["reason"], row["status"]) for row in rows]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    forms: list[bytes] = []

    def hub(visit: Visit) -> None:
        """Says back, wherever it can, what it was told."""
        forms.append(visit.receive_body())
        told = f"Location: http://{SECRET}.test/{SECRET}"
        visit.send(answer(SECRET.encode(), told, f"ETag: {SECRET}", status=f"307 {SECRET}"))

    pages: dict[str, Behaviour] = {"paper.test/feed": answer(RSS.encode()), "hub.test/": hub, "*": NOT_FOUND}
    with RawSite(pages) as site:
        more = {"websub_callback": CALLBACK, "websub_secret": MASTER, "disk_floor_mb": 0}
        home = tmp_path_factory.mktemp("probes")
        settings = site.settings("paper.test", "hub.test", home=home, sources=home / "sources", **more)
        stop = threading.Event()
        check_sources(settings, (PAPER,), stop)
        look_at(settings, FEED, stop)
        yield Asked(settings, forms, subscribe_to(settings, PAPER, stop))


def test_a_check_and_a_look_are_in_the_ledger_under_their_names(asked: Asked) -> None:
    feed = ("paper.test", "feed", "ok", 200)
    assert asked.sent("check") == [("paper.test", "robots", "http_error", 404), feed]
    assert asked.sent("look") == [feed]


def test_a_subscription_is_in_the_ledger_with_the_hub_that_was_asked(asked: Asked) -> None:
    assert asked.sent("subscribe") == [
        ("paper.test", "feed", "ok", 200),
        ("hub.test", "robots", "http_error", 404),
        ("hub.test", "hub", "redirect_limit", 307),
    ]


def test_probes_keep_the_pace_that_all_runs_share(asked: Asked) -> None:
    paces = "SELECT pace_s FROM ops.requests WHERE domain = 'paper.test' ORDER BY sent_at"
    assert [row["pace_s"] for row in ask(asked.settings, paces)] == [0.05, 0.05, 2.0, 0.05]
    assert ask(asked.settings, "FROM reports.politeness_breaches") == []


def test_probes_load_nothing(asked: Asked) -> None:
    for table in ("ops.runs", "ops.outcomes", "ops.feed_states", "main.captures"):
        assert ask(asked.settings, f"SELECT count(*) AS n FROM {table}") == [{"n": 0}]
    assert list(asked.settings.archive_path.rglob("*")) == []


def test_the_secret_of_a_subscription_is_sent_and_stored_nowhere_whatever_the_hub_answers(asked: Asked) -> None:
    (row,) = asked.subscribed
    stored = [path for path in Path(asked.settings.home).rglob("*") if path.is_file()]

    assert SECRET.encode() in asked.forms[0]
    assert row.refusal is not None
    assert row.refusal.reason is Reason.REDIRECT_LIMIT
    assert SECRET not in row.model_dump_json()
    assert [path.name for path in stored if SECRET.encode() in path.read_bytes()] == []
    assert ask(asked.settings, f"FROM ops.requests WHERE contains(requests::VARCHAR, '{SECRET}')") == []
