"""Rules of an article's history: which text is a new version, which page is which article, what counts as an event.

May import schemas and tasks.pure rooms below. The warehouse gets these rules as an argument of a load.
Ask here: "Why is this text version 2 and not version 3?"
"""
