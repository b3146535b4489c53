-- Adds the end of its incident to a message that waits. One row if it waits still.
UPDATE alerts
SET
    closed_at = :closed_at,
    why = :why
WHERE
    route = :route
    AND incident_id = :incident_id
    AND phase = :phase
    AND state = 'waiting'
RETURNING route
