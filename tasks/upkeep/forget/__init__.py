"""Forgetting: articles, sources and periods taken out of tables, archive, reports and backups.

May import what tasks.upkeep may.
Ask here: "Is the article really gone?"
"""
