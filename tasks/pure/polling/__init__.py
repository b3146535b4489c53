"""Polling: when a feed is asked, which entries are taken up, when an article is fetched again.

May import schemas and the rooms from site down.
Ask here: "Why was this feed not asked?"
"""
