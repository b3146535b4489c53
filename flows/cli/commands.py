"""Every command and group of `newsdesk`: where it stands, and what the list of commands says of it."""

from typing import NamedTuple


class CommandEntry(NamedTuple):
    """What the list of commands needs of one: its path below `flows.cli`, and the first sentence of its help, which
    stands here too: importing every command took 0.9 s of CPU."""

    path: str
    sentence: str


GROUPS = {
    "warehouse": CommandEntry("warehouse", "Move the warehouse."),
    "stories": CommandEntry("reading.stories", "Stories: what many outlets report, each event once."),
    "identity": CommandEntry("upkeep.identity", "Pages that are one article."),
    "quarantine": CommandEntry("upkeep.quarantine", "Records that broke a rule."),
    "sources": CommandEntry("sources", "List, check, discover, add, import and export sources."),
    "alerts": CommandEntry(
        "watching.alerts", "Tell people of findings, and of runs that failed, crashed or did not come."
    ),
    "archive": CommandEntry("archive", "Check, count and export what is archived."),
}
"""By name of a group of commands: the module whose `app` it is, in the order of the help."""
COMMANDS = {
    "demo": CommandEntry(
        "demo.demo", "Ingest from three invented outlets; run it again to see what a second poll finds."
    ),
    "up": CommandEntry(
        "up.up", "Run a Prefect server, its deployments and automations, and one worker, until Ctrl-C."
    ),
    "ingest": CommandEntry("ingest.ingest", "Fetch what is new at the sources and load it."),
    "revisit": CommandEntry(
        "ingest.revisit",
        "Fetch articles again that are due for it: 1 h, 6 h, 24 h, 3 d and 7 d after publication.",
    ),
    "add": CommandEntry(
        "ingest.add",
        "Fetch one article now, whether or not a feed names it: politely, archived, checked and loaded as "
        "every other.",
    ),
    "recheck": CommandEntry(
        "upkeep.recheck.recheck",
        "Fetch one known page again now, due or not: by the pace and the robots.txt of its host, archived, "
        "checked and loaded as every other.",
    ),
    "health": CommandEntry(
        "health.health",
        "List the sources that are silent, thin or failing, and the other open findings, as `newsdesk status` "
        "does; exit code 3 if somebody must act.",
    ),
    "publish": CommandEntry("health.publish", "Write the reader file and the report page from the warehouse."),
    "maintain": CommandEntry(
        "warehouse.maintain",
        "Merge small files, expire old snapshots, delete unneeded files, back up the catalog, sample the archive.",
    ),
    "backup": CommandEntry(
        "installation.backup.backup",
        "Back up the whole home to a folder below TO, while runs go on; unchanged files become hard links.",
    ),
    "restore": CommandEntry(
        "installation.backup.restore",
        "Verify a backup, and put it into the home, which must be empty (NEWSDESK_HOME names it).",
    ),
    "forget": CommandEntry(
        "upkeep.forget.forget",
        "Take an article, a source or a period out of tables, archive, reports and backups, and never load it again.",
    ),
    "shell": CommandEntry(
        "warehouse.shell", "Open the reader file in the duckdb command line or in harlequin, read-only."
    ),
    "sql": CommandEntry("reading.query.sql", "Answer a query from the warehouse, read-only."),
    "status": CommandEntry(
        "watching.status.status",
        "Show the state of the warehouse, the runs under way, the last runs and every source.",
    ),
    "metrics": CommandEntry(
        "watching.metrics.metrics",
        "Print the status as Prometheus text, for the textfile collector or a cron job.",
    ),
    "serve": CommandEntry(
        "watching.serve.serve",
        "Show the news of this home in a browser: pages, search and feeds, and an API for programs.",
    ),
    "mcp": CommandEntry(
        "watching.mcp.mcp",
        "Answer an assistant by the Model Context Protocol on standard input and output: search, articles, "
        "versions, stories, sources, read-only SQL.",
    ),
    "explain": CommandEntry(
        "reading.explain.explain",
        "Print every step that one URL took, from feed entry to row or rejection, and every block of its page "
        "that is not in the text, with the rule that removed it.",
    ),
    "search": CommandEntry(
        "reading.search.search",
        "Search titles and texts of all articles, best first (BM25), in every script.",
    ),
    "show": CommandEntry(
        "reading.show.show",
        "Print one article: headline, outlet, dates in local time, text, and its versions.",
    ),
    "why-missing": CommandEntry(
        "reading.why_missing.why_missing",
        "Say why an article may be missing: what was asked of its source that day, what it listed, what was refused.",
    ),
    "report": CommandEntry(
        "reading.query.report",
        "Print a report, or the names of all; with --site, write the news of a day as pages for a browser.",
    ),
    "export": CommandEntry(
        "reading.export.export",
        "Write articles, any table or the answer to a query into a folder of files, with a data card and a "
        "descriptor; the same command again adds what is new.",
    ),
    "hydrate": CommandEntry(
        "reading.hydrate.hydrate",
        "Give the rows of an export without texts their texts again, from what this home has loaded; a list "
        "of what it lacks can be loaded by `newsdesk backfill`.",
    ),
    "rebuild": CommandEntry("archive.rebuild", "Fill an empty warehouse from the archive alone."),
    "backfill": CommandEntry(
        "backfill.backfill",
        "Load pages of the past; the same command again resumes where the last one ended.",
    ),
    "replay": CommandEntry(
        "replay.replay",
        "Extract again from the archive, without network, and compare with what is stored.",
    ),
    "politeness": CommandEntry(
        "reading.politeness.politeness",
        "Show the pace of requests to every domain (smallest gap and required pace, seconds), or every "
        "request to one; exit code 1 if a request came too early.",
    ),
    "init": CommandEntry("installation.init.init", "Make a settings file and a folder of sources."),
    "settings": CommandEntry(
        "installation.settings.settings",
        "Print every setting with its value, what it means and its origin: environment, the line of the "
        "settings file, home (a folder of sources that is in it), or default.",
    ),
    "doctor": CommandEntry(
        "installation.doctor.doctor",
        "Examine the installation, and say what to do about what is wrong; nothing is written, no publisher "
        "is asked.",
    ),
    "version": CommandEntry("installation.version.version", "Print the version."),
}
"""By name of a command: its function, in the order of the help."""
READING = frozenset(
    {"status", "metrics", "sql", "report", "explain", "show", "search", "why-missing", "politeness", "stories"}
    | {"identity", "sources"}
)
"""Commands and groups that judge no rows."""
BESIDES = {"revisit": {"help": "ingest.REVISIT_HELP"}, "sql": {"cls": "reading.query.CommentedQuery"}}
"""By name of a command: what `typer` is told besides, as a path below `flows.cli`."""
BESIDE_SOURCES = {
    "freshness": "watching.freshness.freshness",
    "mute": "sources_change.mute",
    "unmute": "sources_change.unmute",
    "test": "sources_change.show_selected",
    "rename": "sources_change.rename",
    "remove": "sources_change.remove",
}
"""Commands of the group `sources` that stand in other modules."""
