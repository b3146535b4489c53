-- One row is one table with merged files: the numbers of files merged and made; at most one file is made.
CALL ducklake_merge_adjacent_files(
    'lake',
    $table,
    schema => $schema,
    max_file_size => $max_bytes,
    max_compacted_files => 1
);
