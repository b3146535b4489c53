-- One row is one incident: what was found about a source, when first and last, and when, by which flow and why it was
-- found to be over (NULL: it is open); the open ones first, then the latest.
SELECT
    severity,
    source,
    code,
    about,
    message,
    opened_at,
    seen_at,
    findings,
    closed_at,
    who,
    why,
    opened_by,
    closed_by,
    incident_id
FROM ops.incidents
ORDER BY closed_at DESC NULLS FIRST, severity DESC, opened_at DESC, source, code, about;
