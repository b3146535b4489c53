-- One row is one run that has begun and has not ended, oldest first.
SELECT
    run_id,
    flow,
    runner,
    host,
    machine,
    process,
    started_at,
    seen_at,
    orchestrated_as
FROM runs
ORDER BY started_at
