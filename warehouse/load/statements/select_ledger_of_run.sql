-- One row: how many URLs the ledger accounts for in the run, and of how many sources.
SELECT
    count(*) AS urls,
    count(DISTINCT source) AS sources
FROM ops.outcomes
WHERE run_id = $run_id;
