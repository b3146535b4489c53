"""Source files: read, surveyed, subscribed.

May import what tasks.ingest may.
Ask here: "What is wrong with this source file?"
"""
