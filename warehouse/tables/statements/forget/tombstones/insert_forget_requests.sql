-- Adds the requests of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.forget_requests BY NAME
SELECT DISTINCT ON (forget_id) arriving.*
FROM arriving
ANTI JOIN ops.forget_requests AS stored USING (forget_id);
