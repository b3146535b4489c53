-- Notes that the warehouse has a message.
UPDATE alerts
SET is_recorded = 1
WHERE
    route = :route
    AND incident_id = :incident_id
    AND phase = :phase
