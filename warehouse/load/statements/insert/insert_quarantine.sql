-- Adds the quarantined records of `arriving` that the table lacks; one row is returned, their number.
INSERT INTO ops.quarantine BY NAME
SELECT DISTINCT ON (run_id, source, url) arriving.*
FROM arriving
ANTI JOIN (
    SELECT run_id, source, url
    FROM ops.quarantine
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored USING (run_id, source, url);
