-- Adds the results of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.forget_results BY NAME
SELECT DISTINCT ON (forget_id) arriving.*
FROM arriving
ANTI JOIN ops.forget_results AS stored USING (forget_id);
