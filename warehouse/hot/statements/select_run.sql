-- One row if the run is under way.
SELECT run_id
FROM runs
WHERE run_id = :run_id
