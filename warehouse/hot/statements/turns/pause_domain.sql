-- One row is one domain: it gives no turn before `not_before`; the later of two pauses counts.
INSERT INTO turns (domain, holder, started_at, lease_until, pace_s, not_before)
VALUES (:domain, NULL, 0, 0, 0, :not_before)
ON CONFLICT (domain) DO UPDATE SET not_before = excluded.not_before
WHERE excluded.not_before > turns.not_before
