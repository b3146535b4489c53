"""Who was first with a story, as far as the publishers' own times tell, and how its articles are grouped."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import NamedTuple
from uuid import UUID

from schemas.history.front_page import FrontArticle, Revision


class Told(NamedTuple):
    """An article of a story, the earlier headlines of it (oldest first), and the articles that have its text."""

    article: FrontArticle
    headlines: tuple[Revision, ...]
    copies: tuple[FrontArticle, ...]


def grouped(articles: Sequence[FrontArticle], titles: Sequence[Revision]) -> tuple[Told, ...]:
    """The articles in order of time, each copy below the article whose text it has; a copy of an article that is not
    among them stands by itself."""
    ids = {article.article_id for article in articles}
    copies: dict[UUID, list[FrontArticle]] = {}
    for article in articles:
        if article.duplicate_of in ids and article.duplicate_of != article.article_id:
            copies.setdefault(article.duplicate_of, []).append(article)
    below = {copy.article_id for each in copies.values() for copy in each}
    return tuple(
        Told(
            article,
            tuple(one for one in titles if one.article_id == article.article_id),
            tuple(copies.get(article.article_id, ())),
        )
        for article in articles
        if article.article_id not in below
    )


def first_sentence(articles: Sequence[FrontArticle], names: Mapping[str, str]) -> str:
    """One sentence: which outlet was first, or why that cannot be told."""
    outlets = sorted({article.source for article in articles})
    if len(outlets) == 1:
        return f"Only {names.get(outlets[0], outlets[0])} has it."
    timed = sorted((a for a in articles if a.at_by == "published"), key=lambda a: (a.at, a.source))
    if not timed:
        return "Who was first cannot be told: no outlet gives a time of day."
    first = timed[0]
    name = names.get(first.source, first.source)
    level = sorted({a.source for a in timed if a.at == first.at and a.source != first.source})
    if level:
        others = ", ".join(names.get(each, each) for each in level)
        return f"Who was first cannot be told: {name} and {others} give the same time."
    unsure = _unsure(articles, first)
    if unsure:
        others = ", ".join(names.get(each, each) for each in unsure)
        return f"{name} was first of those that give a time; {others} may have been earlier, without one."
    return f"{name} was first, by the times that the publishers give."


def _unsure(articles: Sequence[FrontArticle], first: FrontArticle) -> list[str]:
    """Sources that may have been earlier: of a day not after the first one's, or without a usable time. Something
    that was fetched before the first one's time was there before it."""
    timed = {a.source for a in articles if a.at_by == "published"}
    early = {
        a.source
        for a in articles
        if (a.at_by == "day" and a.at.astimezone(UTC).date() <= first.at.astimezone(UTC).date())
        or a.at_by in ("fetched", "ahead")
    }
    return sorted(early - timed - {first.source})
