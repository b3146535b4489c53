-- One row is one incident that is open, or that was over at $since or later.
SELECT
    incident_id::VARCHAR AS incident_id,
    'finding' AS kind,
    severity,
    source,
    code,
    message,
    opened_at,
    closed_at,
    why
FROM ops.incidents
WHERE
    closed_at IS NULL
    OR closed_at >= $since
ORDER BY opened_at, incident_id
