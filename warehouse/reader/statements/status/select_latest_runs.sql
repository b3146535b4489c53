-- One row is one run; latest first.
SELECT *
FROM reports.runs
ORDER BY started_at DESC, run_id DESC
LIMIT $limit;
