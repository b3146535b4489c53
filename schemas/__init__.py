"""Schemas only declare: what is true of the data.

May import the standard library and pydantic (`expectations` alone: great_expectations and pandas);
never our other packages, prefect, requests or duckdb.
"""
