"""The machine: locks, clock, processes, logs.

May import schemas, tasks.pure and warehouse.
Ask here: "Why does a second run refuse to start?"
"""
