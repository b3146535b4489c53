-- Takes the messages of a route that are due, and those whose process died while it sent them. One row is one message,
-- which nobody else sends before :until.
UPDATE alerts
SET
    state = 'sending',
    claimed_until = :until
WHERE
    route = :route
    AND due_at <= :now
    AND (state = 'waiting' OR (state = 'sending' AND claimed_until <= :now))
RETURNING
    route,
    incident_id,
    phase,
    kind,
    severity,
    source,
    code,
    message,
    opened_at,
    closed_at,
    why,
    state,
    attempts,
    error,
    made_at,
    due_at,
    ended_at
