"""The warehouse only stores: all SQL and the only database handle.

May import `schemas` and duckdb (`session` alone); never tasks, flows or prefect.
"""
