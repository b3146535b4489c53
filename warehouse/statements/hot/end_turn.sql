-- The turn is nobody's, if it still was the holder's; it began when the request left, if that was later.
UPDATE turns
SET
    holder = NULL,
    lease_until = 0,
    started_at = max(started_at, coalesce(:sent_at, started_at))
WHERE
    domain = :domain
    AND holder = :holder
