-- One row is the stored outcome of one URL that `arriving` names, in the order of the ledger.
SELECT *
FROM ops.outcomes
SEMI JOIN arriving USING (run_id, source, url, kind)
WHERE run_id IN (SELECT run_id FROM arriving)
ORDER BY source, kind, url;
