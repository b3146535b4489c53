"""The load: one batch, one transaction.

May import warehouse.database, warehouse.tables and schemas.
Ask here: "Why is this row version 2?"
"""
