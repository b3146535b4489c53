-- One row is one report of the file that is written, with the names of its columns.
SELECT
    table_name AS report,
    list(column_name ORDER BY column_index) AS columns
FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name = 'reports'
GROUP BY report
ORDER BY report;
