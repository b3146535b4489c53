-- Gives up this holder's place, and those of waiters who did not come back.
DELETE FROM waiters
WHERE
    domain = :domain
    AND (holder = :holder OR back_at < CAST(:now AS DOUBLE PRECISION) - :grace_s)
