"""Which article a person means: an id, a URL, or words of the headline; and what is proposed where that is open."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from flows.cli.output import zone_here
from flows.cli.tables import TableLayout, laid_out, terminal_width
from schemas.history.article_texts import ArticleMatch
from schemas.items.link import Precision
from tasks.pure.text.escaping import safe_line

Named = Annotated[
    list[str],
    typer.Argument(
        metavar="URL|ID|WORDS",
        help="A URL (as found, canonical, or after redirects; trackers do not count, https:// may be left out), an "
        "article_id or its first 8 digits, or words of the headline.",
    ),
]


def local_time(at: datetime | None, precision: Precision | None = Precision.SECOND) -> str:
    """The instant in the zone of this command, to the minute; a day, which is the publisher's, as it is; "" for
    None."""
    if at is None:
        return ""
    return f"{at:%Y-%m-%d}" if precision is Precision.DAY else f"{at.astimezone(zone_here()):%Y-%m-%d %H:%M}"


def proposals(
    text: str, candidates: Sequence[ArticleMatch], is_meant: bool, layout: TableLayout
) -> list[RenderableType]:
    """What is printed where a name is open. `is_meant`: it names all of the candidates; else none, and these come
    closest."""
    shown = safe_line(text)
    if not candidates:
        return [Text(f"the warehouse does not know {shown}")]
    head = f"{len(candidates)} articles are meant by {shown}; name one:"
    if not is_meant:
        head = f"the warehouse does not know {shown}; the closest articles:"
    rows = [
        (
            str(each.article_id),
            each.source,
            local_time(each.published_at, each.published_precision)[:10] or local_time(each.fetched_at)[:10],
            safe_line(each.title),
        )
        for each in candidates
    ]
    return [Text(head), laid_out(("id", "outlet", "date", "headline"), rows, layout, terminal_width())]
