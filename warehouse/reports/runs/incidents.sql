-- One row is one incident: what was found about a source, when first and last, and when, by which flow and why it was
-- found to be over (NULL: it is open); the open ones first, then the latest.
--
-- severity: notice or warning.
-- code: Code of its findings.
-- about: The feed, domain or file that it is about; NULL: the whole source.
-- message: What is wrong, where, and what to do.
-- opened_at: Its first finding (UTC).
-- seen_at: Its last finding (UTC).
-- findings: How often it was noticed.
-- closed_at: When it was found to be over (UTC); NULL: it is open.
-- who: The flow that found it to be over, or `upgrade`; NULL: it is open.
-- why: What shows that it is over; NULL: it is open.
-- opened_by: The run of its first finding.
-- closed_by: The run that found it to be over; NULL: it is open.
-- incident_id: The incident: made of source, code, thing and the instant of the first finding.
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
