"""Cases that take several runs: validators, refusals that pass, robots that change, feeds that moved for good.

One site plays a publisher a case through three runs: at once, two hours and 28 hours later; between them it
changes. D02 and D19 need no run: what a header asks for is a pure decision.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.items.outcome import Reason
from schemas.runs.report import RunReport
from schemas.settings import Settings
from tasks.pure.http.retries_and_pauses import owed_pace_s
from tasks.pure.http.robots import read_robots
from tests.hostile.world.good_publisher import HTML, article_html
from tests.support.newsrooms import ask, ingest
from tests.support.sites.raw_site import AGENT, Behaviour, RawSite, Visit, answer, fetch, redirect
from warehouse.hot.state import HotState

NOW = datetime.now(UTC).replace(microsecond=0)
"""The archive and the pace keep the real clock, so the first run does too."""
AGO = (NOW - timedelta(minutes=30)).isoformat()
RSS = "Content-Type: application/rss+xml"


@dataclass
class Told:
    """The three runs, and every request as the site saw it: (host, path, header lines)."""

    settings: Settings
    reports: list[RunReport] = field(default_factory=list)
    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def reasons(self, run: int, source: str) -> dict[str, str]:
        """Reason by path of one run, 0 being the first."""
        rows = self.ask(
            f"SELECT url, reason FROM ops.outcomes WHERE source = '{source}'"
            f" AND run_id = '{self.reports[run].run.run_id}'"
        )
        return {"/" + row["url"].split("/", 3)[3]: row["reason"] for row in rows}

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query."""
        return ask(self.settings, sql)

    def requests(self, host: str, path: str) -> list[str]:
        """The header lines of each request for a path of a host."""
        return [lines for at, asked, lines in self.seen if (at, asked) == (host, path)]


def listing(*paths: str) -> bytes:
    """A feed's body."""
    items = "".join(f"<item><title>Story {path}</title><link>{path}</link></item>" for path in paths)
    return f'<rss version="2.0"><channel><title>Ferries</title>{items}</channel></rss>'.encode()


def page(number: int) -> bytes:
    """The answer with an article that was published half an hour before the first run."""
    return answer(article_html(number, head=f'<meta property="article:published_time" content="{AGO}">'), HTML)


def unless_known(body: bytes, changed: bytes, *headers: str) -> Behaviour:
    """The body, or 304 with another body for those who show a validator."""

    def behave(visit: Visit) -> None:
        is_known = b"if-none-match" in visit.request.lower() or b"if-modified-since" in visit.request.lower()
        status = "304 Not Modified" if is_known else "200 OK"
        visit.send(answer(changed if is_known else body, RSS, *headers, status=status))

    return behave


def always_another_tag() -> Behaviour:
    """The same body under a new ETag each time."""
    count = iter(range(1000))
    return lambda visit: visit.send(answer(listing("/a"), RSS, f'ETag: "{next(count)}"'))


WEAK = 'ETag: W/"weak, and \' odd"'
FIRST: dict[str, Behaviour] = {
    "c12.test/feed": redirect("/there", "301 Moved Permanently"),
    "c12.test/there": answer(listing("/a"), RSS),
    "c12.test/a": page(16),
    "d06.test/feed": answer(listing("/403", "/404", "/451", "/410"), RSS),
    "d06.test/403": answer(b"", status="403 Forbidden"),
    "d06.test/404": answer(b"", status="404 Not Found"),
    "d06.test/451": answer(b"", status="451 Unavailable For Legal Reasons"),
    "d06.test/410": page(1),
    "d07.test/feed": unless_known(listing("/a"), listing("/a", "/forged"), 'ETag: "1"'),
    "d07.test/a": page(2),
    "d07.test/forged": page(3),
    "d08-tags.test/feed": always_another_tag(),
    "d08-tags.test/a": page(4),
    "d08-one-tag.test/feed": answer(listing("/a"), RSS, 'ETag: "for ever"'),
    "d08-one-tag.test/a": page(5),
    "d08-one-tag.test/b": page(6),
    "d08-weak.test/feed": unless_known(listing("/a"), b"", WEAK, "Last-Modified: Fri, 01 Jan 2100 00:00:00 GMT"),
    "d08-weak.test/a": page(7),
    "d08-stuck.test/feed": unless_known(listing("/a"), b"", 'ETag: "stuck"'),
    "d08-stuck.test/a": page(8),
    "d08-stuck.test/b": page(9),
    "d16.test/robots.txt": redirect("http://d16-other.test/robots.txt"),
    "d16.test/feed": answer(listing("/a", "/private"), RSS),
    "d16.test/a": page(17),
    "d16-other.test/robots.txt": answer(b"User-agent: *\nDisallow: /private"),
    "d20.test/robots.txt": answer(b"User-agent: *\nDisallow: /secret"),
    "d20.test/feed": answer(listing("/p/1"), RSS),
    "d20.test/p/1": page(10),
    "d20.test/p/2": page(11),
    "d20.test/p/3": page(12),
}
SECOND: dict[str, Behaviour] = {
    "d06.test/410": answer(b"", status="410 Gone"),
    "d08-one-tag.test/feed": answer(listing("/a", "/b"), RSS, 'ETag: "for ever"'),
    "d08-stuck.test/feed": unless_known(listing("/a", "/b"), b"", 'ETag: "stuck"'),
    "d20.test/robots.txt": answer(b"User-agent: *\nDisallow: /p/"),
    "d20.test/feed": answer(listing("/p/1", "/p/2"), RSS),
}
THIRD: dict[str, Behaviour] = {
    "d06.test/403": page(13),
    "d06.test/404": page(14),
    "d06.test/451": page(15),
    "d20.test/feed": answer(listing("/p/1", "/p/2", "/p/3"), RSS),
}
HOSTS = sorted({place.partition("/")[0] for place in FIRST})


def source_file(host: str) -> str:
    """The source file of a host."""
    lines = [f'name = "{host}"', f'homepage = "http://{host}/"', f'feeds = ["http://{host}/feed"]']
    return "\n".join([*lines, 'language = "en"', 'country = "gb"', "pace_s = 0"]) + "\n"


def a_day_passes_for_robots(settings: Settings, host: str) -> None:
    """What was kept of the host's robots.txt is a day old now."""
    hot = HotState(settings.hot_path)
    kept = hot.robots(f"http://{host}")
    assert kept is not None
    hot.keep_robots(f"http://{host}", kept._replace(fetched_at=kept.fetched_at - 86_400, fresh_until=kept.fetched_at))
    hot.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("statuses")
    (home / "sources").mkdir()
    for host in HOSTS:
        (home / "sources" / f"{host.removesuffix('.test')}.toml").write_text(source_file(host))
    with RawSite({}) as site:
        told = Told(site.settings(*HOSTS, home=home, sources=home / "sources", disk_floor_mb=0))
        site.pages["*"] = answer(b"none", status="404 Not Found")
        for pages, hours in ((FIRST, 0), (SECOND, 2), (THIRD, 28)):
            site.pages |= {place: noted(behaviour, told.seen) for place, behaviour in pages.items()}
            if pages is THIRD:
                a_day_passes_for_robots(told.settings, "d20.test")
            told.reports.append(ingest(told.settings, NOW + timedelta(hours=hours)))
        yield told


def noted(behaviour: Behaviour, seen: list[tuple[str, str, str]]) -> Behaviour:
    """The behaviour, each request to it written down first."""

    def behave(visit: Visit) -> None:
        seen.append((visit.host, visit.path, visit.request.decode("latin-1")))
        if isinstance(behaviour, bytes):
            visit.send(behaviour)
        else:
            behaviour(visit)

    return behave


def test_d06_a_refusal_is_asked_again_a_day_later_and_a_missing_page_never(told: Told) -> None:
    paths = ("/403", "/404", "/451")
    assert [told.reasons(run, "d06").get("/403") for run in range(3)] == ["http_error", None, "loaded"]
    assert [len(told.requests("d06.test", path)) for path in paths] == [2, 1, 1]


def test_d06_an_article_that_is_gone_stays_and_the_ledger_says_so(told: Told) -> None:
    assert [told.reasons(run, "d06")["/410"] for run in range(3)] == ["loaded", "http_error", "http_error"]
    gone = told.ask(
        "SELECT DISTINCT o.status, o.version FROM ops.outcomes AS o JOIN main.articles USING (article_id)"
        " WHERE o.url = 'http://d06.test/410' AND o.reason = 'http_error'"
    )
    assert gone == [{"status": 410, "version": 1}]


def test_d07_the_body_of_a_304_is_ignored(told: Told) -> None:
    assert told.reasons(1, "d07")["/feed"] == "not_modified"
    assert told.requests("d07.test", "/forged") == []


def test_d08_the_body_decides_where_the_tag_changes(told: Told) -> None:
    assert [told.reasons(run, "d08-tags")["/feed"] for run in range(3)] == ["ok", "not_modified", "not_modified"]


def test_d08_the_body_decides_where_the_tag_stays(told: Told) -> None:
    assert told.reasons(1, "d08-one-tag") | {"/a": "any"} == {"/feed": "ok", "/a": "any", "/b": "loaded"}


def test_d08_weak_tags_and_dates_to_come_are_sent_back_as_they_came(told: Told) -> None:
    first, second, *_ = told.requests("d08-weak.test", "/feed")
    assert "if-none-match" not in first.lower()
    assert 'If-None-Match: W/"weak, and \' odd"\r\n' in second
    assert "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n" in second
    assert told.reasons(1, "d08-weak")["/feed"] == "not_modified"


def test_d08_a_feed_that_always_answers_304_is_fetched_whole_after_a_day(told: Told) -> None:
    assert [told.reasons(run, "d08-stuck")["/feed"] for run in range(3)] == ["ok", "not_modified", "ok"]
    assert ["/b" in told.reasons(run, "d08-stuck") for run in range(3)] == [False, False, True]


def test_d11_the_user_agent_is_one_and_stands_in_the_archive(told: Told) -> None:
    named = {line for *_, lines in told.seen for line in lines.split("\r\n") if line.lower().startswith("user-agent")}
    assert len(named) == 1
    archive = b"".join(gzip.decompress(path.read_bytes()) for path in told.settings.archive_path.rglob("*.warc.gz"))
    assert archive.count(named.pop().encode() + b"\r\n") == archive.count(b"WARC-Type: request\r\n") > 20


def test_d16_a_robots_txt_on_another_host_speaks_for_the_one_that_led_there(told: Told) -> None:
    assert told.reasons(0, "d16") == {"/feed": "ok", "/a": "loaded", "/private": "robots_denied"}


def test_d20_robots_that_change_take_effect_within_a_day(told: Told) -> None:
    ends = [told.reasons(run, "d20").get(f"/p/{run + 1}") for run in range(3)]
    assert ends == ["loaded", "loaded", "robots_denied"]
    assert len(told.requests("d20.test", "/robots.txt")) == 2
    assert told.requests("d20.test", "/p/3") == []


def test_c12_a_feed_that_moved_for_good_is_followed_each_time_and_its_source_file_stays(told: Told) -> None:
    moves = told.ask("SELECT url, count(*) AS n FROM ops.requests WHERE status = 301 GROUP BY url")
    assert moves == [{"url": "http://c12.test/feed", "n": 3}]
    assert len(told.requests("c12.test", "/there")) == 3
    assert (told.settings.sources / "c12.toml").read_text() == source_file("c12.test")


RETRY_AFTER: dict[bytes, float] = {
    b"120": 120,
    b"0": 0,
    b"99999999": 86_400,
    b"9" * 400: 86_400,
    b"Fri, 01 Jan 2099 00:00:00 GMT": 86_400,
    b"Sun, 01 Jan 2017 00:00:00 GMT": 0,
    b"-5": 60,
    b"abc": 60,
    b"1e9": 60,
    b"12.5": 60,
    "\u0661\u0662\u0660".encode(): 60,
    b"\xff\x00": 60,
    b"": 60,
}


@pytest.mark.parametrize("value", RETRY_AFTER, ids=[value.decode("latin-1")[:20] for value in RETRY_AFTER])
def test_d02_a_retry_after_is_clamped_and_garbage_is_a_minute(value: bytes) -> None:
    slow = b"HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\nRetry-After: " + value + b"\r\n\r\n"
    with RawSite({"*": slow}) as site:
        exchange = fetch(site.web("one.test"), "http://one.test/")
    assert exchange.not_before is not None
    assert (exchange.reason, (exchange.not_before - exchange.sent_at).total_seconds()) == (
        Reason.RATE_LIMITED,
        RETRY_AFTER[value],
    )


def test_d02_no_retry_after_at_all_is_a_minute() -> None:
    with RawSite({"*": answer(b"", status="429 Slow Down")}) as site:
        exchange = fetch(site.web("one.test"), "http://one.test/")
    assert exchange.not_before == exchange.sent_at + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("value", "owed_s"),
    [
        ("0", 2.0),
        ("0.1", 2.0),
        ("10", 10.0),
        ("86400", 60.0),
        ("1e9", 60.0),
        ("1e400", 2.0),
        ("-3", 2.0),
        ("abc", 2.0),
        ("NaN", 2.0),
        ("inf", 2.0),
        ("\u0661\u0660", 10.0),
        ("", 2.0),
    ],
)
def test_d19_a_crawl_delay_never_shortens_our_pace_and_counts_up_to_a_minute(value: str, owed_s: float) -> None:
    rules = read_robots(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /x".encode())
    assert owed_pace_s(2.0, 1.0, rules.crawl_delay_s(AGENT.partition("/")[0])) == owed_s
