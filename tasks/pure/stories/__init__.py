"""Stories and copies: which articles tell of one event, which texts are copies of one text, and why.

May import schemas and the rooms text and urls.
Ask here: "Why are these two articles one story?"
"""
