-- One row is one message, in the order in which they were made.
SELECT
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
FROM alerts
ORDER BY made_at, route, incident_id, phase
