-- One row is one table or view of the warehouse, with its comment.
SELECT
    schema_name || '.' || table_name AS table_name,
    coalesce(comment, '') AS comment
FROM duckdb_tables()
WHERE database_name = 'lake'
ORDER BY table_name;
