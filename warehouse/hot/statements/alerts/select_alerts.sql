-- One row is one message, in the order in which they were made. With :only_unrecorded at 1, those that were sent or given
-- up, and that the warehouse does not have yet.
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
WHERE
    :only_unrecorded = 0
    OR (state IN ('sent', 'given_up') AND is_recorded = 0)
ORDER BY made_at, route, incident_id, phase
