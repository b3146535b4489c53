-- One row is one table some of whose files were merged: how many into how many; at most one file is made.
CALL ducklake_merge_adjacent_files(
    'lake',
    $table,
    schema => $schema,
    max_file_size => $max_bytes,
    max_compacted_files => 1
);
