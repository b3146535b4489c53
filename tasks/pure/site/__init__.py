"""What earlier pages of a site taught: repeated lines, learned wrappers, learning rounds.

May import schemas, page, urls and text.
Ask here: "Why is this page read by a wrapper?"
"""
