-- One row is one open finding, warnings first.
SELECT
    severity,
    source,
    code,
    message,
    observed,
    low,
    high,
    at_utc,
    run_id,
    about
FROM reports.open_findings;
