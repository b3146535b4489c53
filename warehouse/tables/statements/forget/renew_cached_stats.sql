-- No row: other processes keep the statistics of a table by the number of the next file; another number makes them read
-- the catalog again.
UPDATE __ducklake_metadata_lake.ducklake_snapshot
SET next_file_id = next_file_id + 1
WHERE snapshot_id = (SELECT max(snapshot_id) FROM __ducklake_metadata_lake.ducklake_snapshot);
