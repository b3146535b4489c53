"""Search: keeps the index of the home and answers queries from it.

May import tasks.pure, tasks.machine, warehouse.search, warehouse.reader and schemas.
Ask here: "Why is this article not found?"
"""
