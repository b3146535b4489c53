-- One row is one request to the host, or to any host of the domain, oldest first: gaps and paces in seconds.
WITH
gaps AS (
    SELECT
        *,
        date_diff('microsecond', lag(sent_at) OVER by_domain, sent_at) / 1e6 AS gap_s
    FROM ops.requests
    WHERE domain IN (SELECT domain FROM ops.requests WHERE host = $host OR domain = $host)
    WINDOW by_domain AS (PARTITION BY domain ORDER BY sent_at, attempt, url)
)
SELECT
    gaps.sent_at,
    gaps.host,
    gaps.gap_s,
    gaps.pace_s,
    breaches.breach,
    gaps.kind,
    gaps.attempt,
    gaps.status,
    gaps.reason,
    gaps.wire_bytes,
    gaps.elapsed_s,
    gaps.url,
    gaps.run_id
FROM gaps
LEFT JOIN reports.politeness_breaches AS breaches
    ON breaches.domain = gaps.domain
    AND breaches.url = gaps.url
    AND breaches.run_id = gaps.run_id
    AND breaches.sent_at = gaps.sent_at
WHERE gaps.host = $host OR gaps.domain = $host
ORDER BY gaps.sent_at, gaps.attempt, gaps.url;
