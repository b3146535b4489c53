-- The clock went back: the last turn counts as begun now, and its lease as new.
UPDATE turns
SET
    started_at = CAST(:now AS DOUBLE PRECISION),
    lease_until = CASE
        WHEN lease_until > CAST(:now AS DOUBLE PRECISION) + :lease_s THEN CAST(:now AS DOUBLE PRECISION) + :lease_s
        ELSE lease_until
    END
WHERE domain = :domain
