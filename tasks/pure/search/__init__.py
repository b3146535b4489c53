"""Search: the terms of a text, the query language, and the passage of a text that is shown.

May import schemas and the room text.
Ask here: "Why does this query find this article?"
"""
