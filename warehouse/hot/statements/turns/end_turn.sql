-- The turn is nobody's, if it still was the holder's; it began when the request left, if that was later.
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
