"""Upkeep: maintenance, archive checks, replays, health, leases of runs.

May import what tasks.ingest may.
Ask here: "Who deletes old files?"
"""
