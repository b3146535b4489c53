"""Flows only arrange: they read the settings and the clock and order the tasks.

May import `tasks`, `warehouse`, `schemas` and prefect (`runner` alone); no decisions, SQL or types.
"""
