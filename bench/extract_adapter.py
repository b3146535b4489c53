"""The pipeline's extraction in the form that the benchmark of shared/extract_bench asks for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from uuid import NAMESPACE_URL, uuid5

from schemas.items.article import PUBLISHED, Article, Evidence
from schemas.items.capture import Capture, WarcPointer
from schemas.items.extraction import Extraction
from schemas.items.link import Link, Precision
from schemas.items.outcome import Refusal
from schemas.items.site_page import PageSight, SiteHistory, SiteMemory, Wrapper
from schemas.sources.source import Source
from tasks.pure.article.build import extract_article
from tasks.pure.dates.grammar import read_own
from tasks.pure.people.authors import CREDIT
from tasks.pure.site.memory import PAGES_READ
from tasks.pure.site.wrappers import known_site
from tasks.pure.urls.domains import registrable_domain

_NOWHERE = "https://example.org/story"
_SOURCE = Source(slug="bench", name="Bench", homepage="https://example.org/", language="en", country="us")
_FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
_BATCH_PAGES = 10
Pages = Iterable[tuple[bytes, str | None]]
_memories: dict[str, SiteMemory] = {}


def extract(html: bytes, url: str | None) -> dict[str, object]:
    """`text`, `title`, `authors` and `date` (ISO text with its zone; a day where no more is known) of a
    page without a feed entry; an empty text where the pipeline would refuse the page. What
    `extract_learn` learned of its site is used.

    Corpora count credited agencies, and outlets and desks where a byline names nobody, as authors; we keep
    those apart, as evidence, and they are given here behind the people."""
    where = _where(url)
    article = _extraction(html, where, _memories.get(_site(where), SiteMemory()), _FETCHED_AT).answer
    if isinstance(article, Refusal):
        return {"text": ""}
    chosen = [one for one in article.evidence if one.field == PUBLISHED and one.chosen]
    date = _date(chosen[0], article.evidence) if chosen else None
    return {"text": article.body, "title": article.title, "authors": _byline(article), "date": date}


def _date(chosen: Evidence, evidence: tuple[Evidence, ...]) -> str | None:
    """The instant in the zone of the publisher, where any statement of it has one; the day alone where no
    more is known. Corpora write days, which are those of the publisher's zone."""
    if chosen.at is None or chosen.precision is Precision.DAY:
        return chosen.at.date().isoformat() if chosen.at else None
    said = (read_own(" ".join(one.raw.split())) for one in (chosen, *evidence) if one.at == chosen.at)
    offset_min = next((own.offset_min for own in said if own and own.offset_min), 0)
    return chosen.at.astimezone(timezone(timedelta(minutes=offset_min))).isoformat()


def _byline(article: Article) -> list[str]:
    return list(dict.fromkeys([*article.authors, *(one.raw for one in article.evidence if one.field == CREDIT)]))


def extract_learn(pages: Pages) -> None:
    """Let the site memory see pages, site by site in batches of ten, as runs of the pipeline do."""
    sites: dict[str, list[tuple[bytes, str]]] = defaultdict(list)
    for html, url in pages:
        where = _where(url)
        if where != _NOWHERE:
            sites[_site(where)].append((html, where))
    forget()
    for site, its in sites.items():
        history = History(site)
        for start in range(0, len(its), _BATCH_PAGES):
            history.extract(its[start : start + _BATCH_PAGES])
        _memories[site] = history.memory()


def forget() -> None:
    """Let nothing be known of any site."""
    _memories.clear()


class History:
    """What the warehouse would hold of one site: its pages' sights and its wrapper."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.sights: list[PageSight] = []
        self.wrapper: Wrapper | None = None
        self._at = _FETCHED_AT

    def memory(self) -> SiteMemory:
        """What the next batch is given; sights are cut to the latest, as the look-up does."""
        self.sights = self.sights[-PAGES_READ:]
        history = SiteHistory(sights=tuple(self.sights), wrapper=self.wrapper)
        known = known_site(self.site, history, "bench", self._at)
        self.wrapper = known.advance or self.wrapper
        return known.memory

    def extract(self, pages: list[tuple[bytes, str]]) -> list[Article | None]:
        """The articles of one batch, with what the site's earlier batches taught; None: refused."""
        memory = self.memory()
        found = []
        for html, url in pages:
            self._at += timedelta(minutes=1)
            extraction = _extraction(html, url, memory, self._at)
            self.sights += [extraction.sight] if extraction.sight else []
            found.append(None if isinstance(extraction.answer, Refusal) else extraction.answer)
        return found


def _extraction(html: bytes, url: str, memory: SiteMemory, at: datetime) -> Extraction:
    return extract_article(html, _capture(html, url, at), _SOURCE, memory)


def _where(url: str | None) -> str:
    return url if url and url.startswith(("http://", "https://")) else _NOWHERE


def _site(url: str) -> str:
    return registrable_domain(url) or url


def _capture(html: bytes, url: str, at: datetime) -> Capture:
    return Capture(
        capture_id=uuid5(NAMESPACE_URL, url),
        run_id="bench",
        link=Link(url=url, source="bench", found_in="bench", found_at=at),
        final_url=url,
        status=200,
        fetched_at=at,
        elapsed_s=0.0,
        body_bytes=len(html),
        warc=WarcPointer(file="bench", offset=0, length=1, digest="sha256:"),
    )
