-- One row is one finding of the last run that took up its source (or, without a source, of the last run
-- that found anything out); warnings first.
WITH
last_runs AS (
    SELECT
        source,
        arg_max(run_id, at_utc) AS run_id
    FROM ops.outcomes
    GROUP BY source
),
last_run AS (
    SELECT arg_max(run_id, at_utc) AS run_id
    FROM ops.outcomes
)
SELECT
    findings.severity,
    findings.source,
    findings.code,
    findings.message,
    findings.observed,
    findings.low,
    findings.high,
    findings.at_utc,
    findings.run_id
FROM ops.findings AS findings
LEFT JOIN last_runs ON last_runs.source = findings.source
CROSS JOIN last_run
WHERE findings.run_id = CASE WHEN findings.source IS NULL THEN last_run.run_id ELSE last_runs.run_id END
ORDER BY findings.severity DESC, findings.source, findings.code;
