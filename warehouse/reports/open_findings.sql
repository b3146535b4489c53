-- One row is one finding that is open: what it tells is not over yet; warnings first. `since` is when it was found first,
-- `at_utc` and `run_id` when and by which run last.
SELECT
    severity,
    source,
    code,
    message,
    observed,
    low,
    high,
    seen_at AS at_utc,
    seen_by AS run_id,
    about,
    opened_at AS since,
    incident_id
FROM ops.incidents
WHERE closed_at IS NULL
ORDER BY severity DESC, source, code, about;
