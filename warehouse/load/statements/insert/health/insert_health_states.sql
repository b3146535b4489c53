-- Adds the rows of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.health_states BY NAME
SELECT DISTINCT arriving.*
FROM arriving
ANTI JOIN (
    FROM ops.health_states
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored
    ON stored.source = arriving.source;
