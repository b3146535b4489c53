"""Reads an article's authors: people, not desks, agencies, e-mails or URLs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemas.items.article import AUTHORS_AT_MOST, Evidence, Origin
from tasks.pure.page.parse import Page
from tasks.pure.people.bylines import from_bylines, from_text, spelled_out
from tasks.pure.people.names import all_people, handle_in, house_in, is_site, is_team, outlets_in
from tasks.pure.text.clean import letters_only
from tasks.pure.urls.domains import registrable_domain

CREDIT = "authors"
_METAS = (
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "og:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "articleauthor",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "shareaholic:article_author_name",
)
_WRITTEN = re.compile(
    r"written|verfasst|geschrieben|écrit|escrito|scritto|автор|skrevet|skriven|napis|imeandikwa|geschreven",
    re.IGNORECASE,
)

_ARTICLE = re.compile(r"(?:the|der|die|das|den|le|la|les|il|lo|el|de|het)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Authors:
    """`people` in the page's order, at most 20; `credits`, as evidence: the agencies that are credited
    beside them and the outlets that they wrote for, or, where nobody is named, the agencies, outlets and desks."""

    people: tuple[str, ...]
    credits: tuple[Evidence, ...] = ()


def read_authors(page: Page, feed_authors: Iterable[str], outlet: str) -> Authors:
    """The people of the first origin that names any: JSON-LD, metas, marked bylines, the feed, `By …`
    in the text; none where only an outlet or nobody is named. A meta that names all of JSON-LD's people
    and more goes before it. Where JSON-LD credits an organization, metas and feed do not say that a name is of a
    person: it may be that organization's."""
    sites = {
        letters_only(name) for name in (outlet, page.site_name, page.stated.publisher) if name and letters_only(name)
    }
    feed = tuple(feed_authors)
    stated = all_people((credit.name for credit in page.stated.credits if credit.is_person is not False), sites)
    is_said = all(credit.is_person is not False for credit in page.stated.credits)
    named = (all_people(texts, sites, is_said=is_said) for texts in _metas(page))
    metas = [people for people in named if people]
    longer = next((people for people in metas if stated and set(stated) < set(people)), stated)
    people = longer or next(iter(metas), ())
    if not people and not _is_of_agency(page, sites):
        people = (
            from_bylines(page.tree, page.url, sites)
            or spelled_out(page.tree, _handles(page))
            or all_people(feed, sites, is_said=is_said)
        )
        people = people or from_text(page.tree, sites)
    people = people or all_people(feed, sites, is_said=is_said)
    return Authors(people, tuple(_beside(page, feed, sites) if people else _credits(page, feed, sites)))


def _metas(page: Page) -> Iterator[tuple[str, ...]]:
    """The values of each meta that may name authors; last what WordPress calls `Written by`."""
    for name in _METAS:
        yield page.metas.get(name, ())[:AUTHORS_AT_MOST]
    for label, value in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if _WRITTEN.search(page.meta(label) or ""):
            yield page.metas.get(value, ())[:1]


def _is_of_agency(page: Page, sites: set[str]) -> bool:
    """Whether JSON-LD says that another house than the outlet wrote it: bylines are then of other articles.
    A desk of the outlet is none."""
    known = sites | _host_names(page)
    houses = (house_in(credit.name, sites, credit.is_person is False) for credit in page.stated.credits)
    others = (house for house in houses if house and not is_team(house))
    return any(not is_site(house, known) and _initials(house) not in known for house in others)


def _initials(house: str) -> str:
    """`dw` for Deutsche Welle: hosts are often named so."""
    return "".join(word[0] for word in house.casefold().split())


def _handles(page: Page) -> tuple[str, ...]:
    """User names and e-mails where an author should be."""
    texts = [credit.name for credit in page.stated.credits] + [text for texts in _metas(page) for text in texts]
    return tuple(handle for text in texts if (handle := handle_in(text)))


def _beside(page: Page, feed: Iterable[str], sites: set[str]) -> Iterator[Evidence]:
    """The other houses that JSON-LD credits beside people, agencies mostly, and those that people wrote for: `Ada
    Winter for The Courier`."""
    known = sites | _host_names(page)
    yield from _written_for(page, feed, known)
    for credit in page.stated.credits[:AUTHORS_AT_MOST]:
        house = house_in(credit.name, sites, credit.is_person is False)
        if house and not is_site(house, known):
            yield Evidence(field=CREDIT, origin=Origin.JSON_LD, raw=house)


def _written_for(page: Page, feed: Iterable[str], known: set[str]) -> Iterator[Evidence]:
    origins = (
        (Origin.JSON_LD, [credit.name for credit in page.stated.credits if credit.is_person is not False]),
        (Origin.META, [text for texts in _metas(page) for text in texts]),
        (Origin.FEED, feed),
    )
    seen = set(known)
    for origin, texts in origins:
        for outlet in (outlet for text in texts for outlet in outlets_in(text)):
            bare = letters_only(_ARTICLE.sub("", outlet))
            if bare and not is_site(bare, seen):
                seen.add(bare)
                yield Evidence(field=CREDIT, origin=origin, raw=outlet)


def _host_names(page: Page) -> set[str]:
    """The names of the page's host: such a name is an outlet's, not a person's."""
    domain = registrable_domain(page.url)
    return {letters_only(name) for name in (domain, domain.partition(".")[0]) if letters_only(name)}


def _credits(page: Page, feed: Iterable[str], sites: set[str]) -> Iterator[Evidence]:
    """The agencies or outlets of the first origin that names any."""
    said = page.stated.credits
    metas = [text for texts in _metas(page) for text in texts]
    origins = (
        (Origin.JSON_LD, [house_in(credit.name, sites, credit.is_person is False) for credit in said]),
        (Origin.META, [house_in(text, sites) for text in metas]),
        (Origin.FEED, [house_in(text, sites) for text in feed]),
    )
    for origin, found in origins:
        houses = list(dict.fromkeys(house for house in found if house))[:AUTHORS_AT_MOST]
        if houses:
            yield from (Evidence(field=CREDIT, origin=origin, raw=house) for house in houses)
            return
