"""Which uses of a page its host reserves in files of its own: tdmrep.json, robots.txt and RSL licences."""

from collections.abc import Collection, Iterator
from urllib.parse import urljoin

from schemas.items.outcome import Reason
from schemas.items.reservation import Reservation
from schemas.sources.source import Source
from tasks.politeness.politeness import PoliteClient
from tasks.pure.http import rsl, tdmrep
from tasks.pure.http.content_signals import SIGNALS
from tasks.pure.http.reserved_rights import AGENT, RESERVED
from tasks.pure.urls.domains import origin_of
from tasks.web.exchange import Exchange

WELL_KNOWN = "/.well-known/tdmrep.json"
EVIDENCE_CHARS = 300


def reservations_of(client: PoliteClient, source: Source, exchange: Exchange) -> tuple[Reservation, ...]:
    """The reservations for the page that answered, sorted, each once. Each file is requested at most once a day a
    host. A file that cannot be read reserves nothing."""
    if exchange.reason is not Reason.OK:
        return ()
    found = {each.policy: each for each in _found(client, source, exchange)}
    return tuple(found[policy] for policy in sorted(found))


def _found(client: PoliteClient, source: Source, exchange: Exchange) -> Iterator[Reservation]:
    url, origin = exchange.final_url, origin_of(exchange.final_url)
    rules = client.rules(source, url)
    for use, line in rules.signals(url, AGENT).items():
        yield _reservation(f"no-{use}", f"{origin}/robots.txt: {line}")
    if tdmrep.reserves(client.file_of_host(source, origin + WELL_KNOWN), url):
        yield _reservation(RESERVED, origin + WELL_KNOWN)
    own = rsl.of_page(exchange.body)
    for text in own.written:
        yield from _of_licence(f"{url}: its script", rsl.prohibited(text, url))
    links = tuple(value for name, value in exchange.headers if name.lower() == "link")
    named = own.link or rsl.link_of(links) or rules.licence
    if named is not None:
        licence = urljoin(url, named)
        yield from _of_licence(licence, rsl.prohibited(client.file_of_host(source, licence), url))


def _of_licence(where: str, prohibited: Collection[str]) -> Iterator[Reservation]:
    for use in SIGNALS:
        is_ai = use != "search"
        if use in prohibited or "all" in prohibited or (is_ai and "ai-all" in prohibited):
            yield _reservation(f"no-{use}", f"{where}: prohibits {', '.join(prohibited)}")


def _reservation(policy: str, evidence: str) -> Reservation:
    return Reservation(policy=policy, evidence=evidence[:EVIDENCE_CHARS])
