-- Adds the pairs of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.copy_pairs BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.copy_pairs AS stored USING (article_id, version, of_id, of_version);
