-- One row is one request that was sent to its domain too early, by whatever run: within the gap that was owed
-- since the start of the one before, or while one was still in flight. Empty when all is well. Clocks may
-- be 10 ms off.
WITH
requests AS (
    SELECT
        domain,
        run_id,
        source,
        url,
        kind,
        attempt,
        sent_at,
        elapsed_s,
        pace_s,
        lag(sent_at) OVER by_domain AS before_sent_at,
        lag(url) OVER by_domain AS before_url,
        lag(run_id) OVER by_domain AS before_run_id,
        max(sent_at + to_microseconds((elapsed_s * 1e6)::BIGINT)) OVER (
            by_domain ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS busy_until
    FROM ops.requests
    WINDOW by_domain AS (PARTITION BY domain ORDER BY sent_at, attempt, url)
)
SELECT
    CASE
        WHEN busy_until > sent_at + INTERVAL 10 MILLISECONDS THEN 'overlap'
        ELSE 'too_close'
    END AS breach,
    domain,
    url,
    run_id,
    sent_at,
    pace_s,
    date_diff('microsecond', before_sent_at, sent_at) / 1e6 AS gap_s,
    date_diff('microsecond', sent_at, busy_until) / 1e6 AS overlap_s,
    before_url,
    before_run_id
FROM requests
WHERE
    date_diff('microsecond', before_sent_at, sent_at) / 1e6 < pace_s - 0.01
    OR busy_until > sent_at + INTERVAL 10 MILLISECONDS
ORDER BY sent_at DESC, domain;
