-- One row, where the reader file has totals and what the lines of the sources are read from.
SELECT view_name
FROM duckdb_views()
WHERE database_name = current_database() AND schema_name = 'kept' AND view_name = 'source_health';
