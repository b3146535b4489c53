-- One row is one report of the reader file, by name, with the description of its rows.
SELECT
    view_name AS name,
    comment
FROM duckdb_views()
WHERE database_name = 'newsdesk' AND schema_name = 'reports'
ORDER BY name;
