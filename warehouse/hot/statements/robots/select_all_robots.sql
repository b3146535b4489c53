-- One row is the robots.txt of one scheme, host and port, as last fetched; by host. Other files of a host, such as
-- tdmrep.json, are kept under their URL, which has a path.
SELECT
    host,
    fetched_at,
    fresh_until,
    kind,
    body,
    reason,
    detail
FROM robots
WHERE host NOT LIKE '%://%/%'
ORDER BY host
