-- One row is one domain: the holder has its turn until the lease expires.
INSERT INTO turns (domain, holder, started_at, lease_until, pace_s, not_before)
VALUES (:domain, :holder, :now, :lease_until, :pace_s, 0)
ON CONFLICT (domain) DO UPDATE SET
    holder = excluded.holder,
    started_at = excluded.started_at,
    lease_until = excluded.lease_until,
    pace_s = excluded.pace_s
