"""People: bylines, authors, names.

May import schemas and the rooms from site down.
Ask here: "Why is this author missing?"
"""
