"""The article: a page and its fields become one record, or a reason why not.

May import schemas and every room below.
Ask here: "Why is this page no article?"
"""
