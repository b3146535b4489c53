-- One row is one stage of one run: URLs in and out, and the seconds of its slowest batch; latest run first.
--
-- stage: discover, fetch, extract, validate or load.
-- taken: URLs that came in.
-- kept: URLs that went on.
-- dropped: URLs that ended there.
-- seconds: Seconds of its slowest batch.
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
