-- One row is the robots.txt of one scheme, host and port, as last fetched; by host.
SELECT
    host,
    fetched_at,
    fresh_until,
    kind,
    body,
    reason,
    detail
FROM robots
ORDER BY host
