"""The front page and its pages: the news of a period as HTML files that link to each other.

May import schemas and the rooms that reports may.
Ask here: "Why does the page not say who was first?"
"""
