"""Sources: the URLs to read for a source, proposals for a new source, and a source's health.

May import schemas and the rooms from site down.
Ask here: "Why is this source reported silent?"
"""
