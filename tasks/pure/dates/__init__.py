"""Dates: a written date to an instant, and which of a page's dates is the article's.

May import schemas, page, urls and text.
Ask here: "Why is this date unknown?"
"""
