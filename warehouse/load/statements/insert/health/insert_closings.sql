-- Adds the rows of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.closings BY NAME
SELECT DISTINCT arriving.*
FROM arriving
ANTI JOIN (
    FROM ops.closings
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored
    ON stored.source IS NOT DISTINCT FROM arriving.source
    AND stored.code = arriving.code
    AND stored.about IS NOT DISTINCT FROM arriving.about;
