-- One row: the query of a view of the warehouse.
SELECT regexp_replace(sql, '^CREATE VIEW \S+ AS ', '') AS query
FROM duckdb_views()
WHERE database_name = 'lake' AND schema_name = $schema AND view_name = $name;
