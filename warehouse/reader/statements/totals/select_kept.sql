-- One row, where the reader file has totals.
SELECT table_name
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'kept' AND table_name = 'totals';
