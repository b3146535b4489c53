"""`newsdesk init`: the first files of an installation."""

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from flows.cli.output import tell
from schemas.errors import SettingsError, UsageError
from schemas.settings import Settings
from schemas.settings_file import SETTINGS_FILE
from tasks.machine.local_zone import local_zone
from tasks.machine.settings_file import write_settings_file
from tasks.pure.sources.iso_names import country_code
from tasks.sources.outlets import copy_outlets, outlets

CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://[^\s/]+\S*")
Answer = TypeVar("Answer")


def init(
    folder: Annotated[Path, typer.Argument(help="Folder of the new files; made if it is not there.")] = Path("."),
    contact: Annotated[
        str | None, typer.Option("--contact", help="Your e-mail or URL, which publishers see; empty: set it later.")
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", help="IANA name of your time zone; default: the machine's.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", help="ISO 3166-1 code, as gb: its outlets are copied; may be given again."),
    ] = None,
) -> None:
    """Make a settings file and a folder of sources. What no option says is asked on a terminal, and elsewhere left at
    its default. No request is sent, and no file is overwritten."""
    path, sources = folder / SETTINGS_FILE, folder / "sources"
    if path.exists():
        raise UsageError(f"there is a settings file {str(path)!r} already; edit it, or give another folder")
    is_asking = sys.stdin.isatty()
    given = (
        _answer(contact, "Your e-mail or URL, which publishers see (empty: later)", "", _contact, is_asking),
        _answer(time_zone, "Your time zone", _machines_zone(), _zone, is_asking),
        _answer(",".join(country) if country else None, _which_countries(), "", _countries, is_asking),
    )
    written, kept = copy_outlets(sources, given[2])
    write_settings_file(path, given[0], given[1])
    print(f"{path}\n{sources}: {len(written)} source files {' '.join(written)}".rstrip())
    if kept:
        tell(f"kept what was in {str(sources)!r}: {' '.join(kept)}")
    _tell_next(folder, given[0], bool(written or kept))


def _answer(given: str | None, question: str, default: str, read: Callable[[str], Answer], is_asking: bool) -> Answer:
    """What the option says, else what a person answers, asked again until it is right, else the default."""
    if given is not None or not is_asking:
        return read(default if given is None else given)
    while True:
        text = typer.prompt(question, default=default, show_default=bool(default), err=True)
        try:
            return read(text)
        except UsageError as error:
            tell(str(error))


def _contact(text: str) -> str:
    if text and not CONTACT.fullmatch(text):
        raise UsageError(f"no e-mail address or URL: {text!r}; write you@example.org or https://example.org/bot")
    return text


def _zone(text: str) -> str:
    try:
        return Settings.from_environment({"NEWSDESK_TIME_ZONE": text}).time_zone
    except SettingsError as error:
        raise UsageError(str(error).partition(": ")[2]) from error


def _machines_zone() -> str:
    try:
        return local_zone("").key
    except SettingsError:
        return "UTC"


def _which_countries() -> str:
    return f"Outlets of which countries? Any of {' '.join(_shipped())}, separated by commas (empty: none)"


def _countries(text: str) -> tuple[str, ...]:
    codes = []
    for word in filter(None, re.split(r"[\s,]+", text)):
        try:
            codes.append(country_code(word))
        except ValueError as error:
            raise UsageError(f"country {word!r}: {error}") from error
        if codes[-1] not in _shipped():
            raise UsageError(
                f"no outlet of {word!r} comes with newsdesk, but of {' '.join(_shipped())}; "
                "add others with `newsdesk sources add URL`"
            )
    return tuple(codes)


def _shipped() -> list[str]:
    return sorted({source.country for source in outlets()})


def _tell_next(folder: Path, contact: str, has_sources: bool) -> None:
    if not contact:
        tell(f"no contact yet, so that no publisher is asked: give --contact, or write it into {SETTINGS_FILE}")
    if not has_sources:
        tell("no sources yet: give --country, or write a source file with `newsdesk sources add URL`")
    place = "" if folder == Path(".") else f"cd {shlex.quote(str(folder))} && "
    tell("to be told of failures, write alerts.toml beside newsdesk.toml, then try it: newsdesk alerts test")
    tell(f"next: {place}{'' if has_sources else 'newsdesk sources add URL && '}newsdesk ingest")
