-- Adds the identities of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.identities BY NAME
SELECT DISTINCT ON (page_id, rule) arriving.*
FROM arriving
ANTI JOIN ops.identities AS stored USING (page_id, rule);
