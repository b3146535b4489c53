-- Adds the rows of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.usuals BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.usuals AS stored USING (source, at_utc);
