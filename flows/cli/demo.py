"""`newsdesk demo`: three invented news sites on loopback, and the real ingest flow against them over HTTP."""

import shlex
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.output import AsJson
from flows.cli.session import leave, run_here, settings_here, show
from schemas.runs.run import RunState
from schemas.settings import Settings

OPENED = "newsroom-opened-at"
POLLED = "newsroom-edition-polled"
EDITIONS = 2
LOOKS = (
    "sql 'FROM reports.latest_headlines LIMIT 10'",
    "show dredging of inner basin",
    "explain dredging of inner basin",
    "status",
)
OWN_SOURCE = (
    "newsdesk init ~/news --contact you@outlet.example",
    "cd ~/news",
    "newsdesk sources add https://outlet.example/feed.xml",
    "newsdesk ingest",
)


def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help="Delete earlier demos and start again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ingest from three invented outlets; run it again to see what a second poll finds. The home of the
    demo, HOME/demo, carries its source files."""
    from flows.ingest import stages
    from tasks.demo_site.site import Newsroom, sources_path
    from tasks.ingest.front_page import NEWS
    from tasks.pure.reports.front.pages import INDEX

    home = settings_here().home / "demo"
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    opened_at, polled = _opened_at(home), _polled(home)
    edition = min(polled + 1, EDITIONS)
    with Newsroom(opened_at, edition) as newsroom:
        sources = home / "sources"
        shutil.copytree(sources_path(), sources, dirs_exist_ok=True)
        settings = _settings(home, sources, newsroom.hosts, newsroom.allow)
        report = run_here(settings, [], "ingest", stages, poll_all=True)
    if report.run.state in (RunState.COMPLETED, RunState.SOURCES_FAILED):
        (home / POLLED).write_text(str(edition))
    show(report, as_json)
    if not as_json:
        print(f"\n{_told(edition, polled)} Look further with:")
        print("\n".join(f"  {command}" for command in [*_activation(), *_commands(home)]))
        print(
            "Your own first source, with an address where publishers reach you, and a feed or the site of an outlet:"
        )
        print("\n".join(f"  {command}" for command in OWN_SOURCE))
        print(f"The news as pages, for a browser:\n  {settings.reports_path / NEWS / INDEX}")
    leave(report)


def _commands(home: Path) -> list[str]:
    """What to look at in the demo's home. Each line names the home itself, so that no variable is left behind that
    would hide the home of the reader's own source."""
    return [f"NEWSDESK_HOME={shlex.quote(str(home))} newsdesk {words}" for words in LOOKS]


def _activation() -> list[str]:
    """The line that brings `newsdesk` within reach; none where the shell finds the one that runs, or where no
    virtual environment is to be activated."""
    script, folder = Path(sys.prefix) / "bin" / "activate", Path.cwd()
    found = shutil.which("newsdesk")
    if not script.exists() or (found and Path(found).parent.resolve() == script.parent.resolve()):
        return []
    return [f". {shlex.quote(str(script.relative_to(folder) if script.is_relative_to(folder) else script))}"]


def _told(edition: int, polled: int) -> str:
    """What stands below the report: which edition was polled, and what another demo would find."""
    if polled >= EDITIONS:
        return "The newsroom has ended: its last edition was polled before. `newsdesk demo --fresh` starts anew."
    if edition == EDITIONS:
        return f"The newsroom was at edition {edition}, its last; `newsdesk demo --fresh` starts anew."
    return f"The newsroom was at edition {edition}; run the demo again for a second poll."


def _opened_at(home: Path) -> datetime:
    """When the newsroom of this home opened: the dates of its articles are counted from then."""
    note = home / OPENED
    if note.exists():
        return datetime.fromisoformat(note.read_text())
    home.mkdir(parents=True, exist_ok=True)
    opened_at = datetime.now(UTC).replace(microsecond=0)
    note.write_text(opened_at.isoformat())
    (home / POLLED).write_text("0")
    return opened_at


def _polled(home: Path) -> int:
    """The last edition of which a poll came to its end; 0: none. A home of an older version has no note of it: there,
    a reader file means the first edition."""
    note = home / POLLED
    if note.exists():
        return int(note.read_text())
    return 1 if (home / "newsdesk.duckdb").exists() else 0


def _settings(home: Path, sources: Path, hosts: str, allow: str) -> Settings:
    """Settings of the demo; those of the environment are ignored, so that it always runs."""
    return Settings(
        home=home,
        sources=sources,
        hosts=tuple(hosts.split(",")),
        allow_addresses=(allow,),
        pace_floor_s=0.0,
        runner="direct",
    )
