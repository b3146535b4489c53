-- One row is one of the last five runs, or the last run of its flow, or one that failed or crashed in the day before
-- the last run began, at most thirty; latest first. Counts as in reports.runs, of the ledger of these runs alone.
WITH
placed AS (
    SELECT
        *,
        row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS place,
        row_number() OVER (PARTITION BY flow ORDER BY started_at DESC, run_id DESC) = 1 AS is_last
    FROM ops.runs
),
chosen AS (
    SELECT *
    FROM placed
    WHERE
        place <= 5
        OR is_last
        OR (
            state IN ('failed', 'crashed')
            AND started_at > (SELECT max(started_at) FROM ops.runs) - INTERVAL 24 HOURS
        )
    ORDER BY started_at DESC, run_id DESC
    LIMIT 30
),
ends AS (
    SELECT
        run_id,
        count(*) AS urls,
        count(*) FILTER (reason = 'loaded') AS loaded,
        count(*) FILTER (reason = 'loaded' AND version > 1) AS changed,
        count(*) FILTER (reason IN ('unchanged', 'reverted')) AS unchanged,
        count(*) FILTER (reason = 'not_modified') AS not_modified,
        count(*) FILTER (
            reason NOT IN ('ok', 'not_modified', 'loaded', 'unchanged', 'reverted', 'duplicate', 'not_due')
        ) AS rejected
    FROM ops.outcomes
    SEMI JOIN chosen USING (run_id)
    GROUP BY run_id
)
SELECT
    chosen.run_id,
    chosen.flow,
    chosen.runner,
    chosen.state,
    chosen.started_at,
    date_diff('millisecond', chosen.started_at, chosen.finished_at) / 1000 AS seconds,
    chosen.sources,
    len(chosen.sources_failed) AS sources_failed,
    coalesce(ends.urls, 0) AS urls,
    coalesce(ends.loaded, 0) AS loaded,
    coalesce(ends.changed, 0) AS changed,
    coalesce(ends.unchanged, 0) AS unchanged,
    coalesce(ends.not_modified, 0) AS not_modified,
    coalesce(ends.rejected, 0) AS rejected,
    chosen.error
FROM chosen
LEFT JOIN ends ON ends.run_id = chosen.run_id
ORDER BY chosen.started_at DESC, chosen.run_id DESC;
