-- One row is one stage of one run: URLs in and out, and the seconds of its slowest batch; latest run first.
WITH
stages AS (
    SELECT
        run_id,
        started_at,
        unnest(stages) AS counts
    FROM ops.runs
)
SELECT
    run_id,
    counts.stage,
    counts.taken,
    counts.kept,
    counts.dropped,
    round(counts.seconds, 3) AS seconds
FROM stages
ORDER BY
    started_at DESC,
    run_id DESC,
    list_position(['discover', 'fetch', 'extract', 'validate', 'load'], counts.stage);
