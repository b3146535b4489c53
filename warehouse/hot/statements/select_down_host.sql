-- At most one row: the reason why a host gets no request now.
SELECT
    until,
    reason,
    detail
FROM down_hosts
WHERE
    host = :host
    AND until > :now
