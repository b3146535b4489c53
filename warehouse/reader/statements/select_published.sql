-- One row: the snapshot that the reader file shows.
SELECT
    snapshot,
    snapshot_at,
    data_path
FROM ops.published;
