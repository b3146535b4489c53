-- One row is one file that was deleted: no snapshot has needed it since `before`.
CALL ducklake_cleanup_old_files('lake', older_than => $before);
