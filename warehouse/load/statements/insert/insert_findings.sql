-- Adds the findings of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.findings BY NAME
SELECT DISTINCT arriving.*
FROM arriving
ANTI JOIN (
    SELECT source, code, message, at_utc
    FROM ops.findings
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored
    ON stored.source IS NOT DISTINCT FROM arriving.source
    AND stored.code = arriving.code
    AND stored.message = arriving.message
    AND stored.at_utc = arriving.at_utc;
