-- Adds the decisions of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.copy_decisions BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.copy_decisions AS stored USING (article_id, number);
