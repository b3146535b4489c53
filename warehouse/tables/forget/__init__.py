"""Forgetting: tombstones kept, what goes selected, tables rewritten without it, the catalog cleaned.

May import what warehouse.tables may.
Ask here: "Are the words of a deleted row still in a file?"
"""
