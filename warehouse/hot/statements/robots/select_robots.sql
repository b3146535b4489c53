-- At most one row: the robots.txt of one host.
SELECT
    fetched_at,
    fresh_until,
    kind,
    body,
    reason,
    detail
FROM robots
WHERE host = :host
