-- Deletes the counts of a run that ended.
DELETE FROM run_counts
WHERE run_id = :run_id
