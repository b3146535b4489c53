-- One row is the name of one table of the warehouse, without its schema, that has rows.
SELECT table_name
FROM ducklake_table_info('lake')
WHERE file_count > 0;
