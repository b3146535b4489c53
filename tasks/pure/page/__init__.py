"""A parsed page: its tree, its head, its JSON-LD, its links, its lines.

May import schemas, urls and text.
Ask here: "Where does the page say this?"
"""
