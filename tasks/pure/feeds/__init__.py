"""Feeds: RSS, Atom, JSON Feed and OPML, by whichever parser reads them, and WebSub.

May import schemas and the rooms from site down.
Ask here: "Why is this entry not listed?"
"""
