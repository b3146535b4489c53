-- One row is one table of the catalog (SQLite) and its number of rows in the latest snapshot.
SELECT
    s.schema_name || '.' || t.table_name AS name,
    coalesce(sum(f.record_count), 0) AS records
FROM ducklake_table AS t
JOIN ducklake_schema AS s ON s.schema_id = t.schema_id AND s.end_snapshot IS NULL
LEFT JOIN ducklake_data_file AS f ON f.table_id = t.table_id AND f.end_snapshot IS NULL
WHERE t.end_snapshot IS NULL
GROUP BY 1
ORDER BY 1
