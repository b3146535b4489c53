"""Polling: when a feed is polled, which of its links are fetched, when an article is fetched again.

May import schemas and the rooms from site down.
Ask here: "Why was this feed not polled?"
"""
