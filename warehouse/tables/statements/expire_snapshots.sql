-- One row is one snapshot that was expired: made before `before`, and never the latest.
CALL ducklake_expire_snapshots('lake', older_than => $before);
