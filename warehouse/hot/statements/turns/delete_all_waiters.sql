-- Empties the queue of a domain: after the clock was set back, its times lie in the future.
DELETE FROM waiters
WHERE domain = :domain
