-- Deletes this holder's place in the queue, and places of waiters that did not try again in time.
DELETE FROM waiters
WHERE
    domain = :domain
    AND (holder = :holder OR back_at < CAST(:now AS DOUBLE PRECISION) - :grace_s)
