-- One row is the batch in the ledger of loads; none: it was never loaded.
SELECT
    batch_id,
    run_id,
    loaded_at,
    versions_inserted,
    outcomes,
    captures,
    seconds
FROM ops.loads
WHERE batch_id = $batch_id;
