-- Adds the decisions of `arriving` on records that have none yet; one row is returned, their number.
INSERT INTO ops.quarantine_drops BY NAME
SELECT DISTINCT ON (run_id, capture_id) arriving.*
FROM arriving
ANTI JOIN ops.quarantine_drops AS stored USING (run_id, capture_id);
