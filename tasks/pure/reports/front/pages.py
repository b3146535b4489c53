"""Renders the front page and its pages: files of one folder that link to each other and to nothing else but the
articles themselves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from schemas.history.front_page import FrontArticle, FrontPage, Revision
from schemas.history.story_answers import StoryLine
from tasks.pure.reports.front.charts import Lane, attention_charts, lanes
from tasks.pure.reports.front.firsts import first_sentence, grouped
from tasks.pure.reports.front.passages import MarkedWords, passages, whole
from tasks.pure.reports.templates_env import page_template
from tasks.pure.reports.wording import counted, long_day, short_moment

STYLE = "style.css"
INDEX = "index.html"
PAGES = {
    INDEX: "Front page",
    "revisions.html": "Revisions",
    "attention.html": "Attention",
    "terms.html": "Words",
    "copies.html": "Copies",
    "sources.html": "Sources",
}
"""By file: what the links call it."""


class Changed(NamedTuple):
    """A revision with its words; each empty where that field did not change."""

    change: Revision
    title: tuple[MarkedWords, ...]
    dek: tuple[MarkedWords, ...]
    body: tuple[MarkedWords, ...]


def render_pages(
    front: FrontPage, written_at: datetime, time_zone: str, story_sql: Mapping[UUID, str], has_runs: bool
) -> dict[str, str]:
    """The text of each file by its name, `index.html` last. Times are in the zone (IANA). `story_sql`: the query for
    the articles of each story. `has_runs`: the folder lies in the one of the pages of the runs, so it links there."""
    site = _Site(front, written_at, ZoneInfo(time_zone), has_runs)
    pages = {STYLE: files("tasks.pure.reports").joinpath("templates", "front", STYLE).read_text(encoding="utf-8")}
    for story in front.stories:
        pages[f"story-{story.story_id}.html"] = site.story(story, story_sql[story.story_id])
    return pages | {
        "revisions.html": site.revisions(),
        "attention.html": site.attention(),
        "terms.html": site.terms(),
        "copies.html": site.copies(),
        "sources.html": site.sources(),
        INDEX: site.index(),
    }


class _Site:
    """The pages of one period."""

    def __init__(self, front: FrontPage, written_at: datetime, zone: ZoneInfo, has_runs: bool) -> None:
        self._front = front
        self._zone = zone
        self._written = short_moment(written_at, zone)
        self._has_runs = has_runs
        self._told: dict[UUID, list[FrontArticle]] = {}
        for article in front.told:
            if article.story_id:
                self._told.setdefault(article.story_id, []).append(article)

    def index(self) -> str:
        front, totals = self._front, self._front.totals
        return self._page(
            INDEX,
            ("stories", "newest", "totals"),
            heading=self._heading(),
            lede=self._lede(),
            stories=front.stories,
            pages_of=frozenset(story.story_id for story in front.stories),
            unshown_stories=totals.stories_of_period - len(front.stories),
            no_stories="None: no article of this period stands in a story." if front.newest else "None.",
            newest=front.newest,
            unshown_articles=totals.articles_of_period - len(front.newest),
        )

    def story(self, story: StoryLine, sql: str) -> str:
        articles = self._told.get(story.story_id, [])
        return self._page(
            f"story-{story.story_id}.html",
            (),
            asked=[("The articles of the story", sql)],
            template="story",
            story=story,
            first=first_sentence(articles, self._front.names) if articles else "",
            lanes=_lanes(articles),
            told=grouped(articles, self._front.titles),
            whole=whole,
            notes=_notes,
        )

    def revisions(self) -> str:
        changes = [_changed(change) for change in self._front.revisions]
        shown = [each for each in changes if each.title or each.dek or each.body]
        told = f"What publishers changed in texts after they were loaded, {self._period()}: "
        return self._page(
            "revisions.html",
            ("revisions",),
            lede=told + (f"{counted(len(shown), 'change')} worth reading." if shown else "nothing."),
            revisions=shown,
        )

    def attention(self) -> str:
        until = self._front.period.until
        last = (until - timedelta(microseconds=1)).astimezone(UTC).date()
        charts = attention_charts(self._front.attention, last)
        groups = [(words, charts[by_what]) for by_what, words in GROUPS.items() if by_what in charts]
        return self._page("attention.html", ("attention",), groups=groups, last_day=long_day(last))

    def terms(self) -> str:
        return self._page("terms.html", ("terms",), terms=self._front.terms, period=self._period())

    def copies(self) -> str:
        carried = self._front.carried
        columns = sorted({each.carried_by for each in carried})
        texts = {(each.first_source, each.carried_by): each.texts for each in carried}
        firsts = dict.fromkeys(each.first_source for each in carried)
        cells = {first: [texts.get((first, column), 0) for column in columns] for first in firsts}
        rows = [(first, counts, sum(counts)) for first, counts in cells.items()]
        return self._page("copies.html", ("carried",), carried=carried, columns=columns, rows=rows)

    def sources(self) -> str:
        front = self._front
        bad = [each for each in front.sources if each.health in ("failing", "silent", "degraded")]
        known = counted(len(front.sources), "source")
        told = f"{known}; {f'{len(bad):,}' if bad else 'none'} failing, silent or degraded."
        return self._page(
            "sources.html", ("sources", "findings"), lede=told, sources=front.sources, findings=front.findings
        )

    def _page(self, here: str, answers: Sequence[str], template: str | None = None, **values: object) -> str:
        asked = [(ASKED[answer], self._front.asked[answer]) for answer in answers]
        given: dict[str, object] = {"asked": asked}
        return page_template(f"front/{template or here.removesuffix('.html')}").render(
            given
            | {
                "here": here,
                "pages": list(PAGES.items()),
                "has_runs": self._has_runs,
                "names": self._front.names,
                "zone": self._zone,
                "written": self._written,
            }
            | values
        )

    def _heading(self) -> str:
        day = self._front.period.day
        return f"The news of {long_day(day)}" if day else "The news of the last 24 hours"

    def _period(self) -> str:
        """MarkedWords for the period within a sentence."""
        day, until = self._front.period.day, self._front.period.until
        if day:
            return f"on {long_day(day)}"
        local = until.astimezone(self._zone)
        return f"in the 24 hours to {long_day(local.date())}, {local:%H:%M}"

    def _lede(self) -> str:
        totals = self._front.totals
        if not totals.articles:
            return "The warehouse has no article yet: newsdesk ingest loads the first."
        if not totals.articles_of_period:
            newest = (
                f" The newest of {totals.articles:,} is of {short_moment(totals.newest_at, self._zone)}."
                if (totals.newest_at)
                else ""
            )
            return f"No article was published {self._period()}.{newest}"
        period = self._period()
        return (
            f"{counted(totals.articles_of_period, 'article')} of {counted(totals.sources_of_period, 'outlet')} "
            f"{period}, in {counted(totals.stories_of_period, 'story', 'stories')}."
        )


GROUPS = {"source": "By source", "language": "By language", "section": "By section"}
"""By what articles are counted: the heading of its charts."""
ASKED = {
    "attention": "Attention",
    "terms": "Rising words",
    "stories": "Stories",
    "newest": "The newest",
    "totals": "Counts",
    "revisions": "Revisions",
    "carried": "Copies",
    "sources": "Sources",
    "findings": "Open findings",
}
"""By answer: the heading above its SQL."""


def _lanes(articles: Sequence[FrontArticle]) -> tuple[Lane, ...]:
    """None where there is nothing to compare: one outlet, or no time of day."""
    timed = [(article.source, article.at) for article in articles if article.at_by != "day"]
    return lanes(timed) if len({source for source, _ in timed}) > 1 else ()


def _changed(change: Revision) -> Changed:
    is_new = change.title_before != change.title_after
    return Changed(
        change,
        whole(change.title_before, change.title_after) if is_new else (),
        passages(change.dek_before, change.dek_after),
        passages(change.body_before, change.body_after),
    )


def _notes(article: FrontArticle) -> str:
    """What a reader of the headline must know besides."""
    notes = []
    if article.at_by == "ahead" and article.published_at:
        notes.append(f"dated later, {article.published_at:%Y-%m-%d %H:%M} UTC")
    if article.at_by == "fetched":
        notes.append("no date")
    if article.duplicate_of:
        notes.append("a copy")
    if article.completeness not in (None, "full"):
        notes.append(str(article.completeness).replace("_", " "))
    if article.versions > 1:
        notes.append(counted(article.versions, "version"))
    return " · ".join(notes)
