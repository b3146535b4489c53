-- Frees the turn if the holder still has it; a request that was sent later moves the turn's start.
UPDATE turns
SET
    holder = NULL,
    lease_until = 0,
    started_at = CASE
        WHEN CAST(:sent_at AS DOUBLE PRECISION) > started_at THEN CAST(:sent_at AS DOUBLE PRECISION)
        ELSE started_at
    END
WHERE
    domain = :domain
    AND holder = :holder
