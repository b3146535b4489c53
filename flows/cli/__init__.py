"""The `newsdesk` command: one file a group of subcommands.

May import flows, tasks, schemas, and of the warehouse its lookups and its reader.
Ask here: "What does this option do?"
"""
