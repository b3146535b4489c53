-- Adds the outcomes of `arriving` that the table lacks, one for each URL in a run, a loaded one first;
-- one row is returned, their number.
INSERT INTO ops.outcomes BY NAME
SELECT DISTINCT ON (run_id, source, url, kind) arriving.*
FROM arriving
ANTI JOIN (
    SELECT run_id, source, url, kind
    FROM ops.outcomes
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored USING (run_id, source, url, kind)
ORDER BY run_id, source, url, kind, reason = 'loaded' DESC;
