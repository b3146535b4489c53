-- The clock went back: the last turn counts as begun now, and its lease as new.
UPDATE turns
SET
    started_at = :now,
    lease_until = min(lease_until, :now + :lease_s)
WHERE domain = :domain
