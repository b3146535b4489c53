-- One row is one column of a table, as the warehouse has it.
SELECT
    schema_name || '.' || table_name AS table_name,
    column_name,
    data_type,
    is_nullable,
    coalesce(comment, '') AS comment
FROM duckdb_columns()
WHERE database_name = 'lake' AND schema_name IN ('main', 'ops')
ORDER BY table_name, column_index;
