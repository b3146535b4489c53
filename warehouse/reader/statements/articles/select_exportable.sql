-- One row is one table, view or report of the reader file, with its schema.
SELECT schema_name || '.' || name AS full_name
FROM (
    SELECT
        schema_name,
        view_name AS name
    FROM duckdb_views()
    WHERE database_name = 'newsdesk'
    UNION ALL
    SELECT
        schema_name,
        table_name AS name
    FROM duckdb_tables()
    WHERE database_name = 'newsdesk'
)
WHERE schema_name IN ('main', 'ops', 'reports')
ORDER BY full_name;
