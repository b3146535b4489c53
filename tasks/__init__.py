"""Steps and what they are made with: every file that touches the network, the disk or a process.

Steps (ingest, backfill, sources, upkeep) do not know each other. They stand on `run` (what one run hands to its
steps), and that on equipment (cage, machine, archive, politeness, web).
May import `tasks.pure`, `warehouse` and `schemas`.
Ask here: "Where is this done?"
"""
