"""Articles: builds one record from a page's text and fields, or refuses the page with a reason.

May import schemas and every room below.
Ask here: "Why is this page no article?"
"""
