-- Adds the migration of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.migrations BY NAME
SELECT DISTINCT ON (number) arriving.*
FROM arriving
ANTI JOIN ops.migrations AS stored USING (number);
