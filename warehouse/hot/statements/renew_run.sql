-- One row, where the run is still known: it gave a sign of life.
UPDATE runs
SET seen_at = :seen_at
WHERE run_id = :run_id
RETURNING run_id
