"""Backfill: chunks, estimates, and lists of past pages (Wayback, CC-NEWS, URL lists).

May import schemas and every room below.
Ask here: "How is this span cut into chunks?"
"""
