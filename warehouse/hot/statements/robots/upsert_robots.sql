-- One row is one host's robots.txt; the latest counts.
INSERT INTO robots (host, fetched_at, fresh_until, kind, body, reason, detail)
VALUES (:host, :fetched_at, :fresh_until, :kind, :body, :reason, :detail)
ON CONFLICT (host) DO UPDATE SET
    fetched_at = excluded.fetched_at,
    fresh_until = excluded.fresh_until,
    kind = excluded.kind,
    body = excluded.body,
    reason = excluded.reason,
    detail = excluded.detail
