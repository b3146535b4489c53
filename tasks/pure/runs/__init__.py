"""Runs: the row of a run, and whether a run is alive.

May import schemas and every room below.
Ask here: "Why does this run count as crashed?"
"""
