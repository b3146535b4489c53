-- One row is one of the last runs, or the last run of its flow, or one that failed or crashed in the day before the
-- last run began; latest first.
SELECT * EXCLUDE (place, is_last, last_at)
FROM (
    SELECT
        *,
        row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS place,
        row_number() OVER (PARTITION BY flow ORDER BY started_at DESC, run_id DESC) = 1 AS is_last,
        max(started_at) OVER () AS last_at
    FROM reports.runs
)
WHERE
    place <= $limit
    OR is_last
    OR (state IN ('failed', 'crashed') AND started_at > last_at - INTERVAL 24 HOURS)
ORDER BY started_at DESC, run_id DESC
LIMIT $at_most;
