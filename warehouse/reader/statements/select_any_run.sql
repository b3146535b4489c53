-- One row if a run has ended; none before.
SELECT run_id
FROM ops.runs
LIMIT 1
