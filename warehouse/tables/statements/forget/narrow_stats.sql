-- No row: the catalog's least and greatest value of each text column become those of the files that the latest
-- snapshot has. DuckLake only ever widens them, so that they keep words of rows that were deleted.
UPDATE __ducklake_metadata_lake.ducklake_table_column_stats AS stats
SET
    min_value = (
        SELECT min(of_file.min_value)
        FROM __ducklake_metadata_lake.ducklake_file_column_stats AS of_file
        JOIN __ducklake_metadata_lake.ducklake_data_file AS files USING (data_file_id)
        WHERE
            files.end_snapshot IS NULL
            AND of_file.table_id = stats.table_id
            AND of_file.column_id = stats.column_id
    ),
    max_value = (
        SELECT max(of_file.max_value)
        FROM __ducklake_metadata_lake.ducklake_file_column_stats AS of_file
        JOIN __ducklake_metadata_lake.ducklake_data_file AS files USING (data_file_id)
        WHERE
            files.end_snapshot IS NULL
            AND of_file.table_id = stats.table_id
            AND of_file.column_id = stats.column_id
    )
WHERE EXISTS (
    SELECT 1
    FROM __ducklake_metadata_lake.ducklake_column AS named
    WHERE
        named.column_type = 'varchar'
        AND named.table_id = stats.table_id
        AND named.column_id = stats.column_id
);
