"""The steps of a backfill: plan, walk listings, ask the Wayback Machine, read WARC ranges.

May import what tasks.ingest may.
Ask here: "Where do the pages of a backfill come from?"
"""
