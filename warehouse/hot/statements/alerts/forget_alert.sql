-- Empties a message: what it told was forgotten.
UPDATE alerts
SET
    message = :message,
    why = NULL,
    error = NULL
WHERE
    route = :route
    AND incident_id = :incident_id
    AND phase = :phase
