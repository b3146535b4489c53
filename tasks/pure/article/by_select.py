"""Reads the fields of an article at the places that the source file selects: a last resort, before all rules."""

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from schemas.items.article import PUBLISHED, Evidence, Origin
from schemas.items.site_page import Method
from schemas.sources.source import Source
from tasks.pure.body.choose import BodyText
from tasks.pure.dates.of_article import Datings
from tasks.pure.dates.read import read_date
from tasks.pure.page.lines import PageLine, page_lines
from tasks.pure.page.parse import Page
from tasks.pure.page.selectors import elements, text_of_element
from tasks.pure.people.authors import Authors
from tasks.pure.people.names import all_people
from tasks.pure.text.clean import letters_only

_TITLE_CHARS = 500


@dataclass(frozen=True, slots=True)
class Selected:
    """What the selectors found; None: there is no selector, or it found nothing on this page."""

    title: str | None = None
    authors: Authors | None = None
    published: Evidence | None = None
    body: BodyText | None = None

    def dated(self, datings: Datings) -> Datings:
        """The datings, with the selected date of publication in place of the chosen one."""
        if self.published is None:
            return datings
        others = tuple(
            one.model_copy(update={"chosen": False}) if one.field == PUBLISHED else one for one in datings.evidence
        )
        return replace(datings, evidence=(self.published, *others), published=self.published)


def read_selected(page: Page, source: Source) -> Selected:
    """The fields that the selectors of the source find on the page."""
    select = source.select
    if not select.stated():
        return Selected()
    return Selected(
        title=next((text for text in _texts(page, select.title) if text), None),
        authors=_authors(page, select.authors, source),
        published=_published(page, select.date, source),
        body=_body(page, select.body),
    )


def _texts(page: Page, css: str | None) -> list[str]:
    return [text_of_element(node)[:_TITLE_CHARS] for node in elements(page.tree, css)] if css else []


def _authors(page: Page, css: str | None, source: Source) -> Authors | None:
    people = all_people(_texts(page, css), {letters_only(source.name)})
    return Authors(people) if people else None


def _published(page: Page, css: str | None, source: Source) -> Evidence | None:
    """The first date that can be read: of the attribute `datetime` or `content`, else of the text."""
    for node in elements(page.tree, css) if css else ():
        for raw in (node.get("datetime"), node.get("content"), text_of_element(node)):
            dated = read_date(raw, source.time_zone, page.language, source.country, source.language) if raw else None
            if dated and dated.at:
                return Evidence(
                    field=PUBLISHED,
                    origin=Origin.TEXT,
                    raw=dated.raw[:200],
                    at=dated.at,
                    precision=dated.precision,
                    chosen=True,
                )
    return None


def _body(page: Page, css: str | None) -> BodyText | None:
    lines = [line for node in elements(page.tree, css) for line in _lines(node)] if css else []
    return BodyText(tuple(line.text for line in lines), tuple(lines), Method.RULES) if lines else None


def _lines(node: HtmlElement) -> list[PageLine]:
    """The lines of the element; of one without blocks, its text."""
    text = text_of_element(node)
    return page_lines(node) or ([PageLine(node, text, letters_only(text), "")] if letters_only(text) else [])
