"""The warehouse: all SQL, and the only database handle. Each room keeps its statements.

May import `schemas` and duckdb (`database.session` alone); never tasks, flows or Prefect.
Ask here: "How is it stored?"
"""
