-- At most one row: why a host is left alone, if it still is.
SELECT
    until,
    reason,
    detail
FROM down_hosts
WHERE
    host = :host
    AND until > :now
