-- One row is one finding that is open: what it tells is not over yet; warnings first. `since` is when it was found first,
-- `at_utc` and `run_id` when and by which run last.
--
-- severity: notice or warning.
-- code: Code of the finding.
-- message: What is wrong, where, and what to do.
-- observed: The value that was observed; NULL: not a number.
-- low: Lower end of the band; NULL: open.
-- high: Upper end of the band; NULL: open.
-- at_utc: When it was found last (UTC).
-- run_id: The run that found it last.
-- about: The feed, domain or file that it is about; NULL: the whole source.
-- since: When it was found first (UTC).
-- incident_id: The incident (`reports.incidents`).
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
