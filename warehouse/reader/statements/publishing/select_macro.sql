-- One row: the parameter and the query of a table macro of the warehouse.
SELECT
    parameters[1] AS parameter,
    macro_definition AS query
FROM duckdb_functions()
WHERE database_name = 'lake' AND schema_name = $schema AND function_name = $name;
