-- One row, where the run was still known: it has ended, or somebody closed it.
DELETE FROM runs
WHERE run_id = :run_id
RETURNING run_id
