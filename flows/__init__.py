"""Flows arrange: they read the settings and the clock, and put steps in order. One file for each flow.

May import `tasks`, `schemas`, and of the warehouse its lookups and its reader;
Prefect in `running` and `deploy` alone.
Ask here: "In which order does an ingest do its work?"
"""
