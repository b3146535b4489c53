"""The polite client: every request waits for its turn, obeys robots.txt, and is recorded."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar
from uuid import uuid4

from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal
from schemas.runs.ledger import Request
from schemas.settings import Settings
from schemas.sources.source import Source
from tasks.politeness.ledger import RequestPurpose, rows_of
from tasks.politeness.robots import UNREACHED, entry_of, is_worth_keeping, policy_entry, refusal_of, rules_of
from tasks.pure.http.challenge_pages import kind_of, not_asked, pause_s
from tasks.pure.http.retries_and_pauses import (
    RANGE_TRIES,
    back_off_s,
    is_worth_retrying,
    jittered_s,
    owed_pace_s,
    range_pause_s,
)
from tasks.pure.http.robots import Rules
from tasks.pure.sources.placeholder_source import slug_of, stand_in
from tasks.pure.urls.domains import host_of, origin_of, registrable_domain
from tasks.web.client import NO_HEADERS, Exchange, Limits, Web
from warehouse.hot.state import HotState, RobotsEntry

PATIENCE_S = 30.0
"""Longest pause of a domain that a run waits for; after a longer one, a later run requests the URL."""
DOWN_S = 600.0
"""Pause of a host that could not be reached (docs/explanation/hostile-web.md A09)."""
ROBOTS_PACE_S = 0.2
"""Pace of the callers that wait for one robots.txt; the first of them requests it for all."""
T = TypeVar("T")
Read = Callable[[Exchange, float], RobotsEntry]
ANSWERED = frozenset({Reason.OK, Reason.NOT_MODIFIED})
STOPPED = Refusal(reason=Reason.INTERRUPTED, detail="the run was asked to stop")


class PoliteClient:
    """Sends requests in turn and within robots.txt, by the hot state that all processes share, and records them.

    `clock` returns epoch seconds. `wait` sleeps the given seconds and returns a true value if the run must stop
    (`threading.Event.wait` does). `share` returns random numbers from 0 to 1. `request_log` gets each recorded
    request at once.
    """

    def __init__(
        self,
        web: Web,
        hot: HotState,
        settings: Settings,
        clock: Callable[[], float],
        run_id: str,
        wait: Callable[[float], object] = time.sleep,
        share: Callable[[], float] = random.random,
        request_log: deque[Request] | None = None,
    ) -> None:
        self._web = web
        self._hot = hot
        self._settings = settings
        self._clock = clock
        self._run_id = run_id
        self._wait = wait
        self._share = share
        self._request_log = request_log
        self._agent = web.user_agent.partition("/")[0]
        self._rules: dict[str, tuple[float, Rules]] = {}
        self._rows: deque[Request] = deque()
        self._robots_exchanges: deque[Exchange] = deque()

    def get(
        self, source: Source, url: str, kind: UrlKind, headers: Mapping[str, str] = NO_HEADERS
    ) -> tuple[Exchange, int]:
        """The response, and the number of attempts that sent something (0: a refusal). All attempts share one
        deadline, and `elapsed_s` is their sum. Where a retry is refused, the response of the attempt before is
        returned."""
        limits = Limits.for_kind(kind, self._settings)
        left_s, attempt = limits.total_s, 0
        answer: Exchange | None = None
        while True:
            purpose = RequestPurpose(source, kind, attempt + 1)
            exchange = self._fetch(purpose, url, limits.model_copy(update={"total_s": left_s}), headers)
            if not is_worth_keeping(exchange):
                return answer or exchange, attempt
            attempt, left_s = attempt + 1, left_s - exchange.elapsed_s
            answer = exchange.model_copy(update={"elapsed_s": limits.total_s - left_s})
            affords = left_s >= limits.connect_timeout_s + limits.read_timeout_s
            if not is_worth_retrying(answer.reason, answer.status, answer.is_lost, attempt) or not affords:
                return answer, attempt
            if self._wait(back_off_s(attempt, self._share())):
                return answer, attempt

    def range_of(self, url: str, headers: Mapping[str, str]) -> Exchange:
        """The response to a range request to somebody's archive. Archives are made to be read in bulk: only the
        minimum pace applies, and pauses of minutes are waited for."""
        archive = stand_in(slug_of(url), url).model_copy(update={"pace_s": 0.0})
        for tried in range(RANGE_TRIES):
            exchange, _ = self.get(archive, url, UrlKind.ARCHIVE, headers)
            until = exchange.not_before.timestamp() if exchange.not_before else 0.0
            pause_s = range_pause_s(exchange.reason, exchange.status, until - self._clock(), tried)
            if pause_s is None or self._wait(pause_s):
                break
        return exchange

    def post(self, source: Source, url: str, form: Mapping[str, str]) -> Exchange:
        """The response of a hub to a form, which is sent once, without redirects. The response's detail is not
        recorded: it may repeat the secret in the form."""
        purpose = RequestPurpose(source, UrlKind.HUB, 1)
        exchange = self._web.post(
            url, form, Limits.for_kind(UrlKind.HUB, self._settings), partial(self._turn, purpose)
        )
        self._record(purpose, exchange.model_copy(update={"detail": None}))
        return self._remembered(purpose, exchange)

    def sitemaps(self, source: Source, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the URL's origin names, as written; none where the file is
        unreachable."""
        named = self.named_sitemaps(source, url)
        return () if isinstance(named, Refusal) else named

    def named_sitemaps(self, source: Source, url: str) -> tuple[str, ...] | Refusal:
        """The same, or a refusal where the robots.txt is unreachable."""
        entry = self._entry(source, origin_of(url))
        if entry.kind == "deny":
            return Refusal(reason=entry.reason or Reason.ROBOTS_UNREACHABLE, detail=entry.detail)
        return rules_of(entry).sitemaps

    def rules(self, source: Source, url: str) -> Rules:
        """The rules of the robots.txt of the URL's origin; none where it has none or is unreachable."""
        origin = origin_of(url)
        entry = self._entry(source, origin)
        known_at, rules = self._rules.get(origin, (None, None))
        if rules is None or known_at != entry.fetched_at:
            rules = rules_of(entry)
            self._rules[origin] = entry.fetched_at, rules
        return rules

    def file_of_host(self, source: Source, url: str) -> bytes:
        """A file about a host's rights, requested at most once a day by all processes; empty where there is none."""
        return b"" if self.forbids(url) else self._stored(source, url, url, policy_entry).body

    def forbids(self, url: str) -> Refusal | None:
        """Why the URL would be refused before any request, by its form or its host's literal address; None: it would
        not. Asks no name server."""
        return self._web.forbids(url)

    def requests(self) -> tuple[Request, ...]:
        """The requests sent since the last call, with those for robots.txt and each redirect."""
        return tuple(_drained(self._rows))

    def exchanges(self) -> tuple[Exchange, ...]:
        """The responses to requests for robots.txt since the last call, for the archive."""
        return tuple(_drained(self._robots_exchanges))

    def _fetch(self, purpose: RequestPurpose, url: str, limits: Limits, headers: Mapping[str, str]) -> Exchange:
        """One attempt, recorded; pauses and failures of the host go into the shared hot state."""
        exchange = self._web.fetch(url, limits, partial(self._turn, purpose), headers)
        self._record(purpose, exchange)
        return self._remembered(purpose, exchange)

    def _record(self, purpose: RequestPurpose, exchange: Exchange) -> None:
        rows = list(rows_of(self._run_id, purpose, exchange))
        self._rows.extend(rows)
        if self._request_log is not None:
            self._request_log.extend(rows)

    def _remembered(self, purpose: RequestPurpose, exchange: Exchange) -> Exchange:
        if exchange.reason is Reason.RATE_LIMITED and exchange.status is None:
            return self._with_pause(exchange)
        if exchange.not_before:
            self._hot.pause(registrable_domain(exchange.final_url), exchange.not_before.timestamp())
        if exchange.request_headers:
            self._count_challenge(purpose.kind, exchange)
        if exchange.reason in UNREACHED and exchange.request_headers:
            why = Refusal(reason=exchange.reason, detail=f"{exchange.detail}; left alone for {DOWN_S:.0f} s")
            self._hot.keep_down(host_of(exchange.final_url), self._clock() + DOWN_S, why)
        return exchange

    def _count_challenge(self, kind: UrlKind, exchange: Exchange) -> None:
        """Of an article only the status and headers are judged here, so no answer ends a row of challenges: the
        extraction does, which reads the page."""
        host, alike = host_of(exchange.final_url), kind_of(kind)
        if exchange.reason is Reason.CHALLENGE_PAGE:
            self._hot.count_challenge(host, alike, self._clock(), pause_s)
        elif exchange.reason in ANSWERED and kind is not UrlKind.ARTICLE:
            self._hot.forget_challenges(host, alike)

    def _walled(self, kind: UrlKind, url: str) -> Refusal | None:
        """Why challenges shut out the request; None: they do not. Asking for robots.txt is never shut out."""
        seen = None if kind is UrlKind.ROBOTS else self._hot.challenged(host_of(url), kind_of(kind))
        is_shut = seen is not None and self._clock() < seen.until
        return not_asked(host_of(url), kind, *seen) if seen and is_shut else None

    @contextmanager
    def _turn(self, purpose: RequestPurpose, url: str) -> Iterator[Refusal | None]:
        refusal = self._hot.down(host_of(url), self._clock()) or self._walled(purpose.kind, url)
        crawl_delay_s = None
        if refusal is None and purpose.kind is not UrlKind.ROBOTS:
            refusal, crawl_delay_s = self._robots(purpose.source, url)
        if refusal:
            yield refusal
            return
        pace_s = owed_pace_s(purpose.source.pace_s, self._settings.pace_floor_s, crawl_delay_s)
        domain, holder = registrable_domain(url), self._holder()
        refusal = self._await(domain, holder, pace_s)
        sent_at = None if refusal else self._clock()
        if sent_at:
            purpose.granted.append((datetime.fromtimestamp(sent_at, UTC), pace_s))
        try:
            yield refusal
        finally:
            self._hot.end_turn(domain, holder, self._clock(), sent_at=sent_at)

    def _await(self, domain: str, holder: str, pace_s: float) -> Refusal | None:
        """Waits for the turn of the domain; a refusal where its pause is longer than `PATIENCE_S`."""
        gap_s = jittered_s(pace_s, self._share())
        while True:
            now = self._clock()
            until = self._hot.paused_until(domain, now)
            if until and until - now > PATIENCE_S:
                at = datetime.fromtimestamp(until, UTC).isoformat(timespec="seconds")
                return Refusal(reason=Reason.RATE_LIMITED, detail=f"{domain} asked to be left alone until {at}")
            wait_s = self._hot.take_turn(domain, gap_s, holder, now)
            if not wait_s:
                return None
            if self._wait(wait_s):
                return STOPPED

    def _robots(self, source: Source, url: str) -> tuple[Refusal | None, float | None]:
        """The refusal of robots.txt (None: it allows the URL) and its crawl-delay in seconds."""
        entry, rules = self._entry(source, origin_of(url)), self.rules(source, url)
        return refusal_of(entry, rules, url, self._agent), rules.crawl_delay_s(self._agent)

    def _entry(self, source: Source, origin: str) -> RobotsEntry:
        return self._stored(source, origin, f"{origin}/robots.txt", entry_of)

    def _stored(self, source: Source, key: str, url: str, read: Read) -> RobotsEntry:
        """The file at the URL as stored under the key. If it is stale, one thread of all processes requests it, the
        others wait."""
        holder = self._holder()
        while True:
            now = self._clock()
            entry = self._hot.robots(key)
            if entry and now < entry.fresh_until:
                return entry
            wait_s = self._hot.take_turn(url, ROBOTS_PACE_S, holder, now)
            if not wait_s:
                return self._fetched_once(source, key, url, read, holder)
            if self._wait(wait_s):
                self._hot.end_turn(url, holder, now)
                return RobotsEntry(now, now, "deny", reason=STOPPED.reason, detail=STOPPED.detail)

    def _fetched_once(self, source: Source, key: str, url: str, read: Read, holder: str) -> RobotsEntry:
        """Checks again before the request: another process may have stored the file before our turn."""
        try:
            entry = self._hot.robots(key)
            is_fresh = entry is not None and self._clock() < entry.fresh_until
            return entry if entry and is_fresh else self._fetched(source, key, url, read)
        finally:
            self._hot.end_turn(url, holder, self._clock())

    def _fetched(self, source: Source, key: str, url: str, read: Read) -> RobotsEntry:
        limits = Limits.for_kind(UrlKind.ROBOTS, self._settings)
        exchange = self._fetch(RequestPurpose(source, UrlKind.ROBOTS, 1), url, limits, NO_HEADERS)
        entry = read(exchange, self._clock())
        if is_worth_keeping(exchange):
            self._robots_exchanges.append(exchange)
            self._hot.keep_robots(key, entry)
        return entry

    def _with_pause(self, exchange: Exchange) -> Exchange:
        """Adds the end of the pause to a refusal for it."""
        until = self._hot.paused_until(registrable_domain(exchange.final_url), self._clock())
        return exchange.model_copy(update={"not_before": datetime.fromtimestamp(until, UTC)}) if until else exchange

    def _holder(self) -> str:
        return f"{self._run_id}/{uuid4().hex}"


def _drained(kept: deque[T]) -> Iterator[T]:
    while kept:
        yield kept.popleft()
