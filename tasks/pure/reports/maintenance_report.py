"""Words a round of maintenance for the command, for a state in Prefect and for its summary."""

from schemas.runs.maintenance import Maintained
from tasks.pure.reports.wording import counted, span
from tasks.pure.text.escaping import markdown


def maintained_sentence(done: Maintained) -> str:
    """The round in one sentence, without a full stop."""
    merged = f"{counted(done.files_merged, 'file')} merged into {done.files_made:,}"
    deleted = f"{done.files_deleted + done.orphans_deleted:,} deleted"
    records = counted(done.records_checked, "archive record")
    damaged = f"{len(done.damaged):,} of {records} damaged" if done.damaged else f"{records} read, none damaged"
    return f"{merged}, {deleted}; {damaged}"


def maintained_lines(done: Maintained) -> list[str]:
    """The round for a terminal."""
    return [
        f"merged {done.files_merged} files into {done.files_made}",
        f"expired {done.snapshots_expired} snapshots; deleted {done.files_deleted} files and "
        f"{done.orphans_deleted} orphans",
        f"backup: {done.backup or 'none: the PostgreSQL server keeps its own'}",
        *([f"forgot {counted(done.articles_forgotten, 'article')}"] if done.articles_forgotten else []),
        *([f"proposes to split {counted(done.splits_proposed, 'story', 'stories')}"] if done.splits_proposed else []),
        *([f"put {counted(done.articles_placed, 'stored article')} into stories"] if done.articles_placed else []),
        *([f"looked for copies of {counted(done.texts_sampled, 'stored text')}"] if done.texts_sampled else []),
        *([f"looked for mentions in {counted(done.texts_read, 'stored text')}"] if done.texts_read else []),
        f"archive: {done.records_checked} records read, {len(done.damaged)} damaged",
        *done.damaged,
        f"{done.seconds:.1f} s",
    ]


def maintained_figures(done: Maintained) -> list[tuple[str, int]]:
    """The counts, with their labels."""
    return [
        ("Files merged", done.files_merged),
        ("Files made of them", done.files_made),
        ("Snapshots expired", done.snapshots_expired),
        ("Files deleted", done.files_deleted),
        ("Orphans deleted", done.orphans_deleted),
        ("Archive records read", done.records_checked),
        ("Archive records damaged", len(done.damaged)),
    ]


def maintained_markdown(done: Maintained) -> str:
    """The round in Markdown, for a Prefect artifact."""
    figures = "\n".join(f"- {label}: **{value:,}**" for label, value in maintained_figures(done))
    backup = f"Backup of the catalog: {markdown(done.backup or 'none: the PostgreSQL server keeps its own')}"
    damaged = "\n".join(f"- {markdown(each)}" for each in done.damaged)
    told = ["## Damaged records: run `newsdesk archive check`", damaged] if damaged else []
    head = [f"# {markdown(maintained_sentence(done))}", f"{span(done.seconds)} · run {markdown(done.run_id)}"]
    return "\n\n".join([*head, figures, backup, *told]) + "\n"
