-- One row is one column of a table or view of the reader file, with what it means; NULL: nothing is said.
SELECT
    column_name,
    comment
FROM duckdb_columns()
WHERE database_name = 'newsdesk' AND schema_name = $schema AND table_name = $name
ORDER BY column_index;
