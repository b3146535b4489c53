-- Restarts the last turn and its lease at `now`, after the clock was set back.
UPDATE turns
SET
    started_at = CAST(:now AS DOUBLE PRECISION),
    lease_until = CASE
        WHEN lease_until > CAST(:now AS DOUBLE PRECISION) + :lease_s THEN CAST(:now AS DOUBLE PRECISION) + :lease_s
        ELSE lease_until
    END
WHERE domain = :domain
