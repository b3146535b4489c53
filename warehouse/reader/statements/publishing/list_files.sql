-- One row is one Parquet file of a table in a snapshot, and its delete file (NULL unless rows were deleted).
SELECT
    data_file,
    delete_file
FROM ducklake_list_files('lake', $table, schema = $schema, snapshot_version = $snapshot)
ORDER BY data_file;
