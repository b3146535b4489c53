"""The search index: a side file of the home, made from the reader file, which it can always be made from again.

May import warehouse.reader, warehouse.database and schemas.
Ask here: "Which articles have these words?"
"""
