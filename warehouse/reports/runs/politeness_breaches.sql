-- One row is one request that any run sent to its domain too early: within the required gap since the start
-- of the previous request, or while a request was still in flight. Differences up to 10 ms are ignored: clocks
-- differ. Empty when all is well.
--
-- breach: overlap: a request was in flight; too_close: within the gap.
-- domain: Registrable domain.
-- url: What was asked for too early.
-- run_id: The run that asked.
-- sent_at: When it was sent (UTC).
-- pace_s: The gap in seconds that was required.
-- gap_s: Seconds since the start of the request before.
-- overlap_s: Seconds for which an earlier request was still in flight; negative: none was.
-- before_url: What was asked for before.
-- before_run_id: The run that asked for that.
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
