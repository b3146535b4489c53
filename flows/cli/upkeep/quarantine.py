"""`newsdesk quarantine`: list, show, replay and drop records that broke a rule."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

import typer

from flows.cli.output import AsJson, print_json, print_models, tell, zone_here
from flows.cli.session import SINCE, instant_given, leave, reader_path, run_here, settings_here, slugs_here
from flows.cli.tables import IsRecord, IsWide, TableLayout
from schemas.errors import UsageError
from schemas.runs.quarantine import DROPPED, WAITING, QuarantineFilter, QuarantineRecord

app = typer.Typer(help="Records that broke a rule.", no_args_is_help=True, rich_markup_mode=None)

SourceIs = Annotated[
    str | None, typer.Option("--source", help="Slug of one source; none: all.", autocompletion=slugs_here)
]
ReasonIs = Annotated[
    str | None, typer.Option("--reason", help="Code of a rule (title:too_long), or a field for all rules of it.")
]
SinceIs = Annotated[str | None, typer.Option("--since", help=f"Put into quarantine since. {SINCE}")]
RunIs = Annotated[str | None, typer.Option("--run", help="Id of the run that put it into quarantine.")]
IsAll = Annotated[bool, typer.Option("--all", help="All that wait, where nothing else says which.")]
Named = Annotated[
    list[str] | None,
    typer.Argument(metavar="RECORD", help="A capture_id, its first 8 digits, or a URL; in whatever state."),
]
COLUMNS = ("capture_id", "source", "rules", "at", "state", "url")


@app.callback()
def quarantine() -> None:
    """Records that broke a rule: they are in no article until a replay loads them, and stay in `ops.quarantine`."""


@app.command("list")
def list_records(
    source: SourceIs = None,
    reason: ReasonIs = None,
    since: SinceIs = None,
    run: RunIs = None,
    is_any: Annotated[bool, typer.Option("--all", help="Those too that were dropped or replayed.")] = False,
    as_json: AsJson = False,
    is_wide: IsWide = False,
    is_record: IsRecord = False,
) -> None:
    """List the records that wait in quarantine, latest first."""
    layout = TableLayout.of(is_wide, is_record)
    found = _found(_filter(source, reason, since, run, None if is_any else WAITING))
    if as_json:
        print_json([_plain(each) for each in found])
    else:
        print_models("in quarantine", found, COLUMNS, layout)


@app.command("show")
def show_record(
    named: Annotated[list[str], typer.Argument(metavar="RECORD", help="A capture_id, its first 8 digits, or a URL.")],
    as_json: AsJson = False,
) -> None:
    """Print a record whole: the rules that it broke, what was extracted, and what became of it."""
    import orjson

    found = _found(QuarantineFilter(names=tuple(named)))
    if as_json:
        print_json([_plain(each) for each in found])
        return
    for each in found:
        print("\n".join(_lines(each)))
        print(orjson.dumps(orjson.loads(each.record or "{}"), option=orjson.OPT_INDENT_2).decode())


@app.command("replay")
def replay(
    named: Named = None,
    source: SourceIs = None,
    reason: ReasonIs = None,
    since: SinceIs = None,
    run: RunIs = None,
    is_all: IsAll = False,
    as_json: AsJson = False,
) -> None:
    """Extract, check and load records again from their captures in the archive; nothing is fetched. Ends with 1 where
    a record broke a rule again."""
    from flows.quarantine import stages

    wanted = _meant(_filter(source, reason, since, run, WAITING, named), is_all)
    records = _found(wanted)
    if not records:
        _say_none(as_json)
        return
    captures = list(dict.fromkeys(each.capture_id for each in records))
    report = run_here(settings_here(), [], "quarantine", partial(stages, captures))
    after = _found(QuarantineFilter(names=tuple(str(each) for each in captures)))
    left = [each for each in after if each.run_id == report.run.run_id]
    kept = {(each.run_id, each.capture_id) for each in records}
    ended = [each for each in after if (each.run_id, each.capture_id) in kept]
    if as_json:
        print_json([_plain(each) for each in ended])
    else:
        print_models("replayed", ended, ("capture_id", "source", "state", "url"))
        print_models("broke a rule again", left, ("capture_id", "source", "rules", "messages", "url"))
    leave(report)
    if left:
        raise typer.Exit(1)


@app.command("drop")
def drop(
    why: Annotated[str, typer.Option("--why", help="The reason, kept beside the record.")],
    named: Named = None,
    source: SourceIs = None,
    reason: ReasonIs = None,
    since: SinceIs = None,
    run: RunIs = None,
    is_all: IsAll = False,
    by: Annotated[str, typer.Option("--by", help="Who decides; none: user@machine.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take records off the list for good: a row of `ops.quarantine_drops` says who, when and why. They stay in
    `ops.quarantine` and in the archive, and can be replayed by name."""
    from tasks.upkeep.open_warehouse import correct
    from tasks.upkeep.quarantine import drop as write_drops

    if not why.strip():
        raise UsageError("--why must say why the records are dropped")
    wanted = _meant(_filter(source, reason, since, run, WAITING, named), is_all)
    records = [each for each in _found(wanted) if each.state != DROPPED]
    if not records:
        _say_none(as_json)
        return
    who, reason_given = by.strip(), why.strip()
    correct(settings_here(), datetime.now(UTC), lambda w, now: write_drops(w, records, who, reason_given, now))
    ended = _found(QuarantineFilter(names=tuple(str(each.capture_id) for each in records)))
    if as_json:
        print_json([_plain(each) for each in ended])
    else:
        print_models(
            "dropped", [each for each in ended if each.state == DROPPED], (*COLUMNS[:4], "dropped_by", "why")
        )


def _filter(
    source: str | None,
    reason: str | None,
    since: str | None,
    run: str | None,
    state: str | None,
    named: list[str] | None = None,
) -> QuarantineFilter:
    at = instant_given(since, settings_here())
    return QuarantineFilter(source=source, rule=reason, since=at, run_id=run, state=state, names=tuple(named or ()))


def _meant(wanted: QuarantineFilter, is_all: bool) -> QuarantineFilter:
    """The filter; raises `UsageError` where nothing says which records are meant."""
    if not is_all and not wanted.names and not (wanted.source or wanted.rule or wanted.since or wanted.run_id):
        raise UsageError(
            "name records, or say which by --source, --reason, --since or --run; --all means all that wait"
        )
    return wanted


def _found(wanted: QuarantineFilter) -> tuple[QuarantineRecord, ...]:
    from warehouse.reader.quarantine import quarantined

    return quarantined(reader_path(), wanted)


def _say_none(as_json: bool) -> None:
    if as_json:
        print_json([])
    else:
        tell("no record in quarantine waits that fits")


def _plain(record: QuarantineRecord) -> dict[str, object]:
    """As JSON, the record itself as an object."""
    import orjson

    return record.model_dump(mode="json") | {"record": orjson.loads(record.record) if record.record else None}


def _lines(record: QuarantineRecord) -> list[str]:
    from tasks.pure.text.escaping import safe_line

    because = f" by {record.dropped_by}: {record.why}" if record.state == DROPPED else ""
    by_run = f" by run {record.state_run_id}" if record.state_run_id and not because else ""
    broken = zip(record.rules, record.messages, strict=True)
    return [
        f"{safe_line(record.url)}",
        f"capture {record.capture_id} of {record.source}, in quarantine since {_local(record.at)} "
        f"by run {record.run_id}",
        f"state {record.state} since {_local(record.state_at)}{by_run}{safe_line(because)}",
        *(f"broke {rule}: {safe_line(message)}" for rule, message in broken),
    ]


def _local(at: datetime) -> str:
    return f"{at.astimezone(zone_here()):%Y-%m-%d %H:%M:%S %Z}"
