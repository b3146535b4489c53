-- One row is one registrable domain that got a request, those with breaches first: gaps and paces in seconds.
WITH
gaps AS (
    SELECT
        domain,
        sent_at,
        pace_s,
        wire_bytes,
        date_diff('microsecond', lag(sent_at) OVER by_domain, sent_at) / 1e6 AS gap_s
    FROM ops.requests
    WINDOW by_domain AS (PARTITION BY domain ORDER BY sent_at, attempt, url)
),
breaches AS (
    SELECT domain, count(*) AS breaches
    FROM reports.politeness_breaches
    GROUP BY domain
)
SELECT
    gaps.domain,
    count(*) AS requests,
    min(gaps.gap_s) AS gap_s,
    min(gaps.pace_s) AS pace_s,
    coalesce(sum(gaps.wire_bytes), 0)::BIGINT AS wire_bytes,
    coalesce(any_value(breaches.breaches), 0) AS breaches,
    max(gaps.sent_at) AS last_at
FROM gaps
LEFT JOIN breaches ON breaches.domain = gaps.domain
GROUP BY gaps.domain
ORDER BY breaches DESC, gaps.domain;
