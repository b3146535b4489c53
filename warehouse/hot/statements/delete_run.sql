-- Deletes a run. One row if it was recorded; none: it ended before, or another process closed it.
DELETE FROM runs
WHERE run_id = :run_id
RETURNING run_id
