"""`newsdesk show`: one article as a person reads it, its versions, and what changed between two of them."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from flows.cli.output import AsJson, print_json, titled_zone
from flows.cli.reading.naming import Named, local_time, proposals
from flows.cli.session import reader_path
from flows.cli.tables import IsRecord, IsWide, TableLayout, laid_out, terminal_width
from flows.cli.tables import show as print_parts
from schemas.errors import UsageError
from schemas.history.article_texts import ArticleMatch, Matches, VersionText
from tasks.pure.text.escaping import safe_line
from tasks.pure.text.word_diff import Kind, Piece, marked, spaced, word_diff

STYLES = {Kind.SAME: "", Kind.REMOVED: "red strike", Kind.ADDED: "green"}


def show(
    named: Named,
    version: Annotated[int | None, typer.Option("--version", help="Number of the version; none: the latest.")] = None,
    is_diff: Annotated[
        bool, typer.Option("--diff", help="Mark what changed, word by word, against the version before it.")
    ] = False,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """Print one article: headline, outlet, dates in local time, text, and its versions. --diff shows changes in
    colour on a terminal, elsewhere as [-removed-]{+added+}."""
    from tasks.pure.urls.reference import reference
    from warehouse.reader.article_texts import find_articles, version_texts

    path, text, layout = reader_path(), " ".join(named), TableLayout.of(is_wide, is_record)
    found = find_articles(path, reference(text))
    if len(found.meant) != 1:
        _propose(text, found, as_json, layout)
        raise typer.Exit(1)
    versions = version_texts(path, found.meant[0].article_id)
    shown = _chosen(versions, found.meant[0].version if version is None else version)
    before = _before(versions, shown) if is_diff else None
    if as_json:
        print_json(_as_json(text, versions, shown, before))
    else:
        print_parts(*_parts(versions, shown, before, is_diff, layout), layout=layout)


def _propose(text: str, found: Matches, as_json: bool, layout: TableLayout) -> None:
    candidates = found.meant or found.near
    if as_json:
        print_json(_as_json(text, (), None, None, candidates))
    else:
        print_parts(*proposals(text, candidates, bool(found.meant), layout), layout=layout)


def _as_json(
    text: str,
    versions: Sequence[VersionText],
    shown: VersionText | None,
    before: VersionText | None,
    candidates: Sequence[ArticleMatch] = (),
) -> dict[str, object]:
    """One shape, whatever was found; what there is not is null or empty."""
    pieces = word_diff(before.whole_text, shown.whole_text) if before and shown else ()
    return {
        "asked": text,
        "article": shown.model_dump(mode="json") if shown else None,
        "versions": [each.model_dump(mode="json", exclude={"body"}) for each in versions],
        "compared_with": before.version if before else None,
        "changes": [{"kind": piece.kind.value, "text": piece.text} for piece in pieces],
        "candidates": [each.model_dump(mode="json") for each in candidates],
    }


def _chosen(versions: Sequence[VersionText], number: int) -> VersionText:
    """Raises `UsageError` where the article has no version of that number."""
    for each in versions:
        if each.version == number:
            return each
    raise UsageError(f"no version {number}: the article has {', '.join(str(each.version) for each in versions)}")


def _before(versions: Sequence[VersionText], shown: VersionText) -> VersionText | None:
    """The version that was fetched before this one; None: it is the earliest."""
    place = versions.index(shown)
    return versions[place - 1] if place else None


def _parts(
    versions: Sequence[VersionText],
    shown: VersionText,
    before: VersionText | None,
    is_diff: bool,
    layout: TableLayout,
) -> Iterator[RenderableType]:
    yield Text(safe_line(shown.title), style="bold")
    yield from (Text(line) for line in _head(shown, len(versions)))
    if is_diff:
        against = f"changes against version {before.version}" if before else "no earlier version to compare it with"
        yield Text(f"{against}:")
    yield Text("")
    yield _text(word_diff(before.whole_text, shown.whole_text) if before else [Piece(Kind.SAME, _below_title(shown))])
    yield Text("")
    names = ("version", "fetched", "cause", "changed", "added", "removed")
    yield laid_out(names, [_row(each, each is shown) for each in versions], layout, terminal_width())


def _below_title(shown: VersionText) -> str:
    return "\n\n".join(part for part in (shown.dek, shown.body) if part)


def _head(shown: VersionText, count: int) -> Iterator[str]:
    by = f", by {', '.join(map(safe_line, shown.authors))}" if shown.authors else ""
    outlet = f"{safe_line(shown.outlet)} ({shown.source})" if shown.outlet else shown.source
    yield f"{outlet}{by}"
    dates = (
        ("published", local_time(shown.published_at, shown.published_precision)),
        ("modified", local_time(shown.modified_at, shown.modified_precision)),
        ("fetched", local_time(shown.fetched_at)),
    )
    yield f"{', '.join(f'{name} {at}' for name, at in dates if at)} ({titled_zone()})"
    yield safe_line(shown.canonical_url)
    told = f"{shown.article_id}, version {shown.version} of {count}, {shown.word_count} words"
    yield f"{told}, {shown.completeness.value}" + (f", {shown.language}" if shown.language else "")


def _row(each: VersionText, is_shown: bool) -> tuple[object, ...]:
    cause = f"{each.cause.value if each.cause else ''}{' (shown)' if is_shown else ''}".strip()
    changed = ", ".join(each.changed_fields) or None
    return each.version, local_time(each.fetched_at), cause, changed, each.words_added, each.words_removed


def _text(pieces: Sequence[Piece]) -> Text:
    """The pieces in colour on a terminal that has it, else with marks; control characters are replaced."""
    safe = [Piece(kind, _safe(text)) for kind, text in pieces]
    if not (sys.stdout.isatty() and "NO_COLOR" not in os.environ):
        return Text(marked(safe))
    whole = Text()
    for kind, text, gap in spaced(safe):
        whole.append(text, style=STYLES[kind]).append(gap)
    whole.rstrip()
    return whole


def _safe(text: str) -> str:
    """The text with its line ends and the white space around it; all else as `safe_line` shows it."""
    lines = text.split("\n")
    return "\n".join(_edge(line) for line in lines)


def _edge(line: str) -> str:
    inner = line.strip()
    start = line[: len(line) - len(line.lstrip())] and " "
    end = line[len(line.rstrip()) :] and " "
    return f"{start}{safe_line(inner)}{end}" if inner else line and " "
