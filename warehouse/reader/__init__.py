"""The reader file: how it is published, and what people ask of it.

May import warehouse.database, warehouse.tables and schemas.
Ask here: "Where does `newsdesk status` get its numbers?"
"""
