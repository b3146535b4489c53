-- One row: whether the PostgreSQL database holds a DuckLake catalog.
SELECT is_made
FROM postgres_query('gate', 'SELECT to_regclass(''ducklake_metadata'') IS NOT NULL AS is_made');
