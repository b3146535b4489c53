"""Sources: places to read, proposals for unknown sites, health.

May import schemas and the rooms from site down.
Ask here: "Why is this source reported silent?"
"""
