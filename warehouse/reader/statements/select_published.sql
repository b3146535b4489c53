-- One row: what the reader file shows.
SELECT
    snapshot,
    snapshot_at,
    data_path
FROM ops.published;
