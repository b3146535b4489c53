"""The `newsdesk` command: one file a group of subcommands; `group` puts them together.

May import flows, tasks, schemas, and of the warehouse its lookups and its reader.
Ask here: "What does this option do?"
"""


def main() -> None:
    """Run the command line (the console script of the package)."""
    from flows.cli import group  # Here, so that importing one subcommand does not import them all.

    group.main()
