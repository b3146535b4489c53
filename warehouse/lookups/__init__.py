"""Lookups: what a run asks the warehouse before it acts.

May import every other room of the warehouse, and schemas.
Ask here: "How does a run know that it met this URL?"
"""
