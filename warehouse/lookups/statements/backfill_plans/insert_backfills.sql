-- Adds the decisions of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.backfills BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.backfills AS stored USING (plan_id, state, at_utc);
