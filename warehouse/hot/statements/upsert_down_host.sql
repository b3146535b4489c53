-- One row is one host that could not be reached; the latest counts.
INSERT INTO down_hosts (host, until, reason, detail)
VALUES (:host, :until, :reason, :detail)
ON CONFLICT (host) DO UPDATE SET
    until = excluded.until,
    reason = excluded.reason,
    detail = excluded.detail
