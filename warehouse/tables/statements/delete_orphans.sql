-- One row is one file that was deleted: written before `before` and never committed.
CALL ducklake_delete_orphaned_files('lake', older_than => $before);
