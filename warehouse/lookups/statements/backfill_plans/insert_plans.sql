-- Adds the chunks of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.plans BY NAME
SELECT arriving.*
FROM arriving
ANTI JOIN ops.plans AS stored USING (plan_id, number);
