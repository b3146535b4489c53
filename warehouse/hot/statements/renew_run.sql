-- Renews a run's lease. One row if the run is still recorded as under way.
UPDATE runs
SET seen_at = :seen_at
WHERE run_id = :run_id
RETURNING run_id
