-- Writes what became of a message that was taken.
UPDATE alerts
SET
    state = :state,
    attempts = :attempts,
    error = :error,
    due_at = :due_at,
    ended_at = :ended_at,
    claimed_until = 0
WHERE
    route = :route
    AND incident_id = :incident_id
    AND phase = :phase
