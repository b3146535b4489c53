-- Adds the outcomes of `arriving` that the table lacks, one for each URL in a run, or one for each capture of
-- it, a loaded one first; one row is returned, their number.
INSERT INTO ops.outcomes BY NAME
SELECT DISTINCT ON (run_id, source, url, kind, capture_id) arriving.*
FROM arriving
ANTI JOIN (
    SELECT run_id, source, url, kind, capture_id
    FROM ops.outcomes
    WHERE run_id IN (SELECT run_id FROM arriving)
) AS stored
    ON stored.run_id = arriving.run_id
    AND stored.source = arriving.source
    AND stored.url = arriving.url
    AND stored.kind = arriving.kind
    AND (stored.capture_id = arriving.capture_id OR stored.capture_id IS NULL OR arriving.capture_id IS NULL)
ORDER BY run_id, source, url, kind, capture_id, reason = 'loaded' DESC;
