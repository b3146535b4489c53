-- Adds the run of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.runs BY NAME
SELECT DISTINCT ON (run_id) arriving.*
FROM arriving
ANTI JOIN ops.runs AS stored USING (run_id);
