-- One row is one snapshot that was forgotten: those made before, never the latest.
CALL ducklake_expire_snapshots('lake', older_than => $before);
