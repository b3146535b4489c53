-- Leases a source to a run. One row if the run has it now; none: another run under way holds it.
INSERT INTO leases (work, source, run_id)
VALUES (:work, :source, :run_id)
ON CONFLICT (work, source) DO UPDATE SET run_id = excluded.run_id
WHERE leases.run_id = excluded.run_id OR NOT EXISTS (SELECT 1 FROM runs WHERE runs.run_id = leases.run_id)
RETURNING source
