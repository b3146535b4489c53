-- One row is one table, view or report of the reader file, with its columns in order and what one row is.
SELECT
    c.schema_name || '.' || c.table_name AS name,
    coalesce(any_value(v.comment), any_value(t.comment), '') AS comment,
    list(c.column_name ORDER BY c.column_index) AS columns
FROM duckdb_columns() AS c
LEFT JOIN duckdb_views() AS v
    ON c.database_name = v.database_name AND c.schema_name = v.schema_name AND c.table_name = v.view_name
LEFT JOIN duckdb_tables() AS t
    ON c.database_name = t.database_name AND c.schema_name = t.schema_name AND c.table_name = t.table_name
WHERE c.database_name = 'newsdesk' AND c.schema_name IN ('main', 'ops', 'reports')
GROUP BY c.schema_name, c.table_name
ORDER BY name;
