-- One row is one load from an instant (epoch seconds) on, oldest first; loaded_at in epoch seconds.
SELECT
    CAST(batch_id AS VARCHAR),
    run_id,
    loaded_at,
    epoch(loaded_at),
    versions_inserted
FROM ops.loads
WHERE epoch(loaded_at) >= $since
ORDER BY loaded_at, batch_id
