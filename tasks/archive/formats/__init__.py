"""Formats of other people's archives, one a file, and the registry that chooses among them.

May import schemas, tasks.pure and the files of tasks.archive that read bytes.
Ask here: "How does a backfill read a new kind of archive?"
"""
