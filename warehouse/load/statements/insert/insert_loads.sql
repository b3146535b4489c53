-- Adds the batch of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.loads BY NAME
SELECT DISTINCT ON (batch_id) arriving.*
FROM arriving
ANTI JOIN ops.loads AS stored USING (batch_id);
