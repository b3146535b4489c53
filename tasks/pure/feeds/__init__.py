"""Feeds: reads RSS, Atom, JSON Feed and OPML, each with the parser that can, and writes WebSub requests.

May import schemas and the rooms from site down.
Ask here: "Why is this entry not listed?"
"""
