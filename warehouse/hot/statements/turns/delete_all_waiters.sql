-- Empties the queue of a domain: times in it lie in the future, as the clock went back.
DELETE FROM waiters
WHERE domain = :domain
