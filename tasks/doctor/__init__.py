"""Doctor: examines the parts of an installation, also where its home is damaged or may only be read.

May import every other room of tasks, schemas and warehouse. Nothing here writes, and no publisher is asked.
Ask here: "Why does no run start?"
"""
