-- One row: the snapshot that this session sees.
SELECT
    snapshot_id AS snapshot,
    snapshot_time AS snapshot_at
FROM ducklake_snapshots('lake')
ORDER BY snapshot_id DESC
LIMIT 1;
