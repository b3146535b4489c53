"""Fetches one page of a source and reads it, to see what the selectors of its file give."""

from typing import Protocol
from uuid import uuid4

from schemas.items.article import Article
from schemas.items.link import UrlKind
from schemas.items.outcome import Reason, Refusal, Stage
from schemas.sources.select import Select
from schemas.sources.source import Source
from tasks.run.kit_parts import CageKit, LedgerKit, SegmentKit, WebKit

Answer = Article | Refusal


class TryKit(CageKit, LedgerKit, SegmentKit, WebKit, Protocol):
    """The equipment that a step of this file uses."""


def try_page(kit: TryKit, source: Source, url: str) -> tuple[Answer, Answer]:
    """The article of the page with the selectors of the source, and by the rules alone. One polite request."""
    exchange, attempts = kit.polite_client().get(source, url, UrlKind.ARTICLE)
    if exchange.reason is not Reason.OK:
        refusal = Refusal(reason=exchange.reason, detail=exchange.detail)
        return refusal, refusal
    with kit.segment(uuid4(), Stage.FETCH) as segment:
        capture = segment.write(exchange, kit.own_link(source, url, UrlKind.ARTICLE), attempts)[-1]
    plain = source.model_copy(update={"select": Select()})
    selected: Answer = kit.cage.call("tasks.pure.article.build:read_article", exchange.body, capture, source)
    by_rules: Answer = kit.cage.call("tasks.pure.article.build:read_article", exchange.body, capture, plain)
    return selected, by_rules
