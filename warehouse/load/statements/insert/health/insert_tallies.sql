-- Adds the tallies of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.tallies BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.tallies AS stored USING (run_id, source);
