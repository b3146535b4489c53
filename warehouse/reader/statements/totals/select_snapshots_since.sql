-- One row is one snapshot of the lake: $snapshot itself, then each after it.
SELECT
    snapshot_id,
    snapshot_time,
    changes,
    commit_message
FROM ducklake_snapshots('lake')
WHERE snapshot_id >= $snapshot
ORDER BY snapshot_id;
